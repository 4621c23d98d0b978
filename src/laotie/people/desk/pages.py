"""The operators' desk, and the forms by which people report things and object to decisions."""

from django.urls import path

from laotie.people.desk import account_pages, operator_pages, report_pages

app_name = "desk"
urlpatterns = [
    path("report/<slug:kind>/<uuid:object_id>", report_pages.file_report, name="report"),
    path("reports", report_pages.mine, name="mine"),
    path("reports/<uuid:report_id>", report_pages.decision, name="decision"),
    path("operator/", operator_pages.home, name="home"),
    path("operator/applications", operator_pages.applications, name="applications"),
    path("operator/applications/<uuid:merchant_id>", operator_pages.answer, name="answer"),
    path("operator/reports", operator_pages.reports, name="reports"),
    path("operator/reports/<uuid:report_id>", operator_pages.report, name="case"),
    path("operator/accounts", account_pages.search, name="accounts"),
    path("operator/accounts/<uuid:account_id>", account_pages.account, name="account"),
]
