"""The council of a cycle: composition, levels, who appraises what, conflicts; and the beginning of an appraisal."""
