"""Self-contained HTML pages made without a server: Jinja2 templates, charts as SVG, no reference to anything
outside."""
