//! Has the package built again when a folder that is embedded gains or loses a file.

fn main() {
    println!("cargo::rerun-if-changed=schemas");
    println!("cargo::rerun-if-changed=cases");
}
