//! Starts the browser's program.

fn main() {
    frontend::root::mount();
}
