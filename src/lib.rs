//! Proofhouse proves that a cloud API does what its documentation says.
//!
//! [`document`] turns a text into Blocks, [`extract`] turns Blocks into a [`contract`], [`store`]
//! keeps it, [`schema`] emits it as JSON Schema, [`case`] makes Cases of it, the [`twin`] behaves
//! like it. The [`runner`] sends Cases to a [`target`], [`check`] judges the Exchanges and yields a
//! [`finding`] for every broken promise, and every [`event`] of the run reaches a [`report`].
//!
//! The modules are listed in reading order: each uses only what stands above it, and
//! `tests/it/tidy.rs` holds which. Only `target` and `cli` touch files, network, clock or
//! environment; only `cli` prints.

pub mod source;
pub mod wire;

pub mod document;

pub mod contract;

pub mod extract;

pub mod store;

pub mod ruling;

pub mod lint;

pub mod show;

pub mod diff;

pub mod schema;

pub mod case;

pub mod twin;

pub mod target;

pub mod finding;

pub mod event;

pub mod check;

pub mod runner;

pub mod report;

pub mod cli;
