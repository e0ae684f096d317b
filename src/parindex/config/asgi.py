"""What ``parindex serve`` runs: the application, behind what takes in whatever people send."""

import gc

from parindex.config.wsgi import application as respond
from parindex.web.body_intake import BodyIntake

#: Requests that are worked on at the same time; others wait.
THREADS = 8
application = BodyIntake(respond, threads=THREADS)

#: So many new objects before the collector looks for rings among them. Answers leave few rings behind; looking every
#: 700 objects, as Python does, takes about a fifteenth of the time of whatever reckons a while, like hints on what is
#: typed.
YOUNG_OBJECTS = 10_000
gc.collect()
gc.freeze()  # what the application is made of stays as long as the process: it need not be looked through again
gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
