//! How fast the core is. `cargo bench` runs everything and ends with the figures that people ask for.

mod bodies;
mod cases;
mod figures;
mod reading;
mod reports;

fn main() {
    divan::main();
    figures::print();
}
