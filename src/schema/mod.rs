//! Contract in, JSON Schema out; compiled validators.
