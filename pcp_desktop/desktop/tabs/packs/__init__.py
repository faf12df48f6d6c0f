"""The packs tab: a meeting's agenda, its readiness, its pages."""
