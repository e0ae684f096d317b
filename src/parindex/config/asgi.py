"""What ``parindex serve`` runs: the application, behind what takes in whatever people send."""

from parindex.config.wsgi import application as respond
from parindex.web.body_intake import BodyIntake

#: Requests that are worked on at the same time; others wait.
THREADS = 8
application = BodyIntake(respond, threads=THREADS)
