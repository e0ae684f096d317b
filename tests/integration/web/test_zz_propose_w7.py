import os
from tests.integration.web.test_rights_matrix import *
from tests.integration.web.rights import GROUPS

def compress(found):
    out=[]
    if VISITOR in found: out.append("visitors")
    rest={w for w in found if w!=VISITOR}
    if len(rest)==27: return out+["everybody"]
    for role in Role:
        rel=[r for r in RELATIONS if (str(role),r) in rest]
        if not rel: continue
        s={("own",):":own",("own","colleague"):"",("own","colleague","stranger"):":any",("stranger",):":STRANGER",("colleague",):":COLLEAGUE"}.get(tuple(rel),":"+"+".join(rel))
        out.append(str(role)+s)
    return out

def test_propose(rights):
    known={(r.url,r.method) for r in rows()}
    for given in ("submitted","extension_asked"): GIVEN[given](rights)
    client=logged_in(rights,(str(Role.STANDING_OFFICE),"own"))
    lines=[]
    for name in names():
        for method in ("GET","POST"):
            if (name,method) in known or not _ans(rights,client,name,method): continue
            row=Row(name,method,"",frozenset())
            found=set(); st={}
            for who in everyone():
                mark=transaction.savepoint()
                try:
                    a=ask(rights,logged_in(rights,who),row); st[a.status_code]=st.get(a.status_code,0)+1
                    ok=a.status_code in LET_IN
                    if a.status_code==302 and a["Location"].startswith("/login/"): ok=False
                    if ok: found.add(who)
                finally: transaction.savepoint_rollback(mark)
            lines.append(f"- {{url: {name}, method: {method}, does: X, may: [{', '.join(compress(found))}]}}  # {st}")
    open("/tmp/s4/w7/proposed.yaml","w").write("\n".join(lines)+"\n")
def _ans(rights,client,name,method):
    return ask(rights,client,Row(name,method,"",frozenset())).status_code!=405
_ask0 = ask
def ask(rights, client, row):
    from types import SimpleNamespace
    try: return _ask0(rights, client, row)
    except Exception as e:
        print("EXC", row.url, row.method, type(e).__name__, str(e)[:200]); return SimpleNamespace(status_code=500)
import tests.integration.web.test_rights_matrix as m
