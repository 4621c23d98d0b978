"""The merchant's pages of goods, under /seller/<shop>/, and the operators', under /operator/."""

from django.urls import path

from laotie.goods.listings.pages import editing, freight, importing, listing, operator, terms

app_name = "listings"
SHOP = "seller/<slug:slug>"
GOODS = f"{SHOP}/goods"
urlpatterns = [
    path(f"{GOODS}/", listing.goods, name="goods"),
    path(f"{GOODS}/many/", listing.many, name="many"),
    path(f"{GOODS}/new/", editing.new, name="new"),
    path(f"{GOODS}/import/", importing.start, name="import"),
    path(f"{GOODS}/import/template.csv", importing.template, name="import_template"),
    path(f"{GOODS}/import/<uuid:run_id>/", importing.run, name="import_run"),
    path(f"{GOODS}/import/<uuid:run_id>/bad.csv", importing.bad_lines, name="import_bad"),
    path(f"{GOODS}/export.csv", importing.export, name="export"),
    path(f"{GOODS}/<uuid:product_id>/", editing.edit, name="edit"),
    path(f"{GOODS}/<uuid:product_id>/quick/", listing.quick, name="quick"),
    path(f"{GOODS}/<uuid:product_id>/state/", editing.state, name="state"),
    path(f"{GOODS}/<uuid:product_id>/preview/", editing.preview, name="preview"),
    path(f"{GOODS}/<uuid:product_id>/terms/", terms.of_product, name="product_terms"),
    path(f"{SHOP}/freight/", freight.plans, name="freight"),
    path(f"{SHOP}/freight/new/", freight.new, name="freight_new"),
    path(f"{SHOP}/freight/<uuid:plan_id>/", freight.edit, name="freight_edit"),
    path(f"{SHOP}/terms/", terms.overview, name="terms"),
    path("goods/<uuid:product_id>/", editing.find, name="find"),
    path("operator/goods/", operator.goods, name="operator_goods"),
    path("operator/goods/<uuid:product_id>/", operator.judge, name="operator_judge"),
    path("operator/categories/", operator.categories, name="operator_categories"),
    path("operator/categories/<uuid:category_id>/", operator.category, name="operator_category"),
]
