"""Files of the evaluation of procedures: dossiers and forms, and the tables that offices print."""
