//! The only code that knows the process: arguments, standard streams, signals, exit status.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{EncodeFlags, Generate, Page, RouteFlags, Shared, SharedPlan, man, options_markdown};
use crate::engine::Engine;
use crate::error::{Error, Trouble};
use crate::input::FileIdentity;
use crate::report::{Ledger, say};
use crate::side::SideFile;
use crate::sink::Route;
use crate::temporary::{Cleanup, is_open_stream};
use crate::tool::Answer;
use crate::visit::Invalid;

/// A command-line tool: its flags, and what it does with an engine.
pub trait Tool: Parser {
    /// The name of the binary.
    const NAME: &'static str;
    /// The tool's README.md: the text of `--help` and of the man page.
    const PAGE: &'static str;
    /// What happens to ill-formed bytes unless `--invalid` says otherwise.
    const INVALID: Invalid;

    /// The versions of standards and data that the tool follows, for `-V`: "Unicode 18.0.0".
    fn follows() -> String;

    /// The flags that all tools share.
    fn shared(&self) -> &Shared;

    /// The flags of tools that can give each operand an output of its own.
    fn routes(&self) -> Option<&RouteFlags> {
        None
    }

    /// The flags of tools that can write another encoding than UTF-8: those that run on [`Engine::map`].
    fn encode(&self) -> Option<&EncodeFlags> {
        None
    }

    /// Runs on a prepared engine.
    ///
    /// # Errors
    /// Whatever ends a run: see [`Error`].
    fn run(self, engine: &mut Engine) -> Result<Answer, Error>;
}

/// Runs a tool on this process's arguments: 0 done, 1 answered no, 2 trouble.
pub fn run<T: Tool>() -> ExitCode {
    let command = command::<T>();
    let tool = match command.clone().try_get_matches().and_then(|matches| T::from_arg_matches(&matches)) {
        Ok(tool) => tool,
        Err(error) => {
            let is_help = !error.use_stderr();
            return match error.print() {
                Err(problem) if is_help && problem.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
                _ => ExitCode::from(if is_help { 0 } else { 2 }),
            };
        }
    };
    let outcome = match tool.shared().generate() {
        Some(what) => generate::<T>(command, what),
        None => execute(tool),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(Error::Closed) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{}: {error}", T::NAME));
            ExitCode::from(2)
        }
    }
}

/// The command with its page, as `--help`, the man page and the completions show it.
pub fn command<T: Tool>() -> clap::Command {
    let version = format!("{} ({})", env!("CARGO_PKG_VERSION"), T::follows());
    crate::cli::dress(T::command().name(T::NAME).args_override_self(true), Page::new(T::PAGE), version)
}

fn generate<T: Tool>(mut command: clap::Command, what: Generate) -> Result<u8, Error> {
    let mut text = Vec::new();
    let shell = match what {
        Generate::Man => {
            text = man(&command, Page::new(T::PAGE)).into_bytes();
            None
        }
        Generate::Options => {
            text = options_markdown(&command).into_bytes();
            text.push(b'\n');
            None
        }
        Generate::CompleteBash => Some(clap_complete::Shell::Bash),
        Generate::CompleteZsh => Some(clap_complete::Shell::Zsh),
        Generate::CompleteFish => Some(clap_complete::Shell::Fish),
    };
    if let Some(shell) = shell {
        clap_complete::generate(shell, &mut command, T::NAME, &mut text);
    }
    let mut out = io::stdout().lock();
    match out.write_all(&text).and_then(|()| out.flush()) {
        Ok(()) => Ok(0),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Error::Closed),
        Err(source) => Err(Error::Output { name: "standard output".to_owned(), source }),
    }
}

fn execute<T: Tool>(tool: T) -> Result<u8, Error> {
    let plan = tool.shared().plan(T::INVALID, tool.routes(), tool.encode())?;
    let report = plan.report.clone();
    let mut engine = engine::<T>(plan)?;
    let result = tool.run(&mut engine);
    engine.ledger.close();
    if let Err(error) = &result
        && !matches!(error, Error::Closed)
    {
        engine.ledger.trouble(as_trouble(error));
    }
    if let Some(path) = report
        && !matches!(result, Err(Error::Usage(_)))
        && !is_refused(&result, &path)
    {
        write_report(&engine, &path, &T::follows())?;
    }
    let has_trouble = engine.ledger.has_trouble();
    Ok(match result {
        _ if has_trouble => 2,
        Ok(Answer::No) => 1,
        _ => 0,
    })
}

/// Whether the run ended because this file, which would be written, is an input.
fn is_refused(result: &Result<Answer, Error>, path: &Path) -> bool {
    match result {
        Err(Error::Input(trouble)) => {
            let operand = FileIdentity::at(&trouble.operand);
            operand.is_some() && operand == FileIdentity::at(path)
        }
        _ => false,
    }
}

fn as_trouble(error: &Error) -> Trouble {
    match error {
        Error::Input(trouble) => trouble.clone(),
        Error::Output { name, source } => {
            Trouble::with_operand(name.clone(), crate::error::system_message(source))
        }
        other => Trouble { operand: String::new(), record: None, byte: None, what: other.to_string() },
    }
}

fn engine<T: Tool>(plan: SharedPlan) -> Result<Engine, Error> {
    let cleanup = Cleanup::install().map_err(|error| Error::Internal(format!("signals: {error}")))?;
    let outcome = match plan.reading.invalid {
        Invalid::Replace => "replaced by U+FFFD",
        Invalid::Fail => "left out as errors",
        Invalid::Skip => "left out",
        Invalid::Keep if plan.encoder.is_some() => "taken for U+FFFD, as --to cannot keep them",
        Invalid::Keep => "kept",
    };
    let mut ledger = Ledger::new(T::NAME, plan.quiet, plan.progress, outcome);
    if let Some(encoder) = plan.encoder {
        ledger.encodes(encoder);
    }
    let file = match &plan.sink.route {
        Route::File(path) => Some(path),
        _ => None,
    };
    let is_same = |one: &Path, other: &Path| std::path::absolute(one).ok() == std::path::absolute(other).ok();
    if let (Some(report), Some(file)) = (&plan.report, file)
        && is_same(report, file)
        && !is_open_stream(report)
    {
        let what = format!("{}: two outputs would have this name", report.display());
        return Err(Error::Usage(what));
    }
    let side_files = plan.report.iter().filter_map(FileIdentity::at).collect();
    let output_names =
        plan.report.iter().chain(file).filter_map(|path| std::path::absolute(path).ok()).collect();
    // Enough chunks that no worker waits, few enough that the whole stays small.
    let in_flight_bytes_max = (4 + 4 * plan.threads) * plan.intake.chunk_bytes.max(1 << 16);
    Ok(Engine {
        intake: plan.intake,
        reading: plan.reading,
        encoder: plan.encoder,
        sink: plan.sink,
        threads: plan.threads,
        in_flight_bytes_max: in_flight_bytes_max.min(plan.memory_bytes),
        memory_bytes: plan.memory_bytes,
        temporary_directory: plan.temporary_directory,
        cleanup,
        side_files,
        output_names,
        ledger,
    })
}

fn write_report(engine: &Engine, path: &Path, follows: &str) -> Result<(), Error> {
    let mut text = serde_json::to_string_pretty(&engine.ledger.to_json(follows))
        .map_err(|error| Error::Internal(error.to_string()))?;
    text.push('\n');
    let mut file = SideFile::create(path, &engine.cleanup)?;
    file.write(text.as_bytes())?;
    file.finish()
}
