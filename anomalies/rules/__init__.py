"""The rules: one small pure function a code, `Situation -> Flag | None`."""
