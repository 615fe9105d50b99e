//! The process around the tool.

fn main() -> std::process::ExitCode {
    textcore::run::<redact::Flags>()
}
