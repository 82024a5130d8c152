//! How fast the core is. `cargo bench` runs everything; the figures at the end are ratios of best
//! times, which say more across machines than seconds do.

mod bodies;
mod ratio;

fn main() {
    divan::main();
    ratio::print();
}
