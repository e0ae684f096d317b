"""The prose of a decision around its tables: declared numbers, parts, grades, legal basis, timetable."""
