"""The shelf's pages and their addresses."""

from django.urls import path

from laotie.places.shelf.pages import browse, front, machines, product, searching, shop

app_name = "shelf"
urlpatterns = [
    path("", front.home, name="home"),
    path("mall", front.mall, name="mall"),
    path("c/<slug:slug>", browse.category, name="category"),
    path("p/<uuid:product_id>", product.product, name="product"),
    path("s/<slug:slug>", shop.shop, name="shop"),
    path("search", searching.search, name="search"),
    path("search/suggest", searching.suggest, name="suggest"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", machines.sitemap_part, name="sitemap_part"),
]
