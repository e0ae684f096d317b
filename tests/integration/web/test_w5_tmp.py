import pytest
def test_pages(made, as_person):
    from django.test.utils import CaptureQueriesContext
    from django.db import connection
    c=as_person("owner")
    for p in (f"/sheets/{made.sheet.pk}/items/2.1/", f"/sheets/{made.sheet.pk}/items/1.1/",f"/sheets/{made.sheet.pk}/items/1.2/",f"/sheets/{made.sheet.pk}/items/3.1/", f"/sheets/{made.sheet.pk}/items/", "/sheets/", "/requests/", f"/sheets/{made.sheet.pk}/items/2.1/history/", f"/sheets/{made.sheet.pk}/items/2.1/assignee/", f"/sheets/{made.sheet.pk}/"):
        with CaptureQueriesContext(connection) as q:
            r=c.get(p)
        print(p, r.status_code, len(q))
    for one in q: print(one["sql"][:150])
