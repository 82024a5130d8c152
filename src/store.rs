//! Contract to and from `schemas/`.
