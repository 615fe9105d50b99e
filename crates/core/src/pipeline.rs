//! Reader, workers, reorder, writer: bounded by bytes, in order, quick when the input is slow.
//!
//! The reader reserves a place in the line for each chunk before it hands the chunk to a worker; the worker
//! fills that place; the writer takes places strictly from the front. Order and back-pressure are one object.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::chunk::Chunk;
use crate::error::Error;
use crate::intake::{Flow, Intake};

/// What is done with the workers' results, one after the other, in input order.
pub trait Deliver<P> {
    /// Takes the next result.
    ///
    /// # Errors
    /// Whatever ends the run, such as an output that cannot be written.
    fn deliver(&mut self, part: P) -> Result<(), Error>;

    /// Called when nothing is ready to deliver: what was delivered so far should be seen now.
    ///
    /// # Errors
    /// As for `deliver`.
    fn idle(&mut self) -> Result<(), Error>;
}

/// Drives every chunk of `intake` through `work` into `deliver`.
///
/// With `threads == 1` everything happens in turn on the calling thread. Otherwise a reader thread, `threads`
/// workers and the calling thread, which delivers, run side by side; chunks under way are bounded by
/// `limit_bytes`, but one chunk may always go alone. On an error the threads are left to end by themselves, for
/// a reader may be waiting on a pipe that never speaks again.
///
/// # Errors
/// The first error of `deliver`, or [`Error::Internal`] if a worker panicked.
pub fn drive<P, W>(
    mut intake: Intake,
    threads: usize,
    limit_bytes: usize,
    work: W,
    deliver: &mut impl Deliver<P>,
) -> Result<(), Error>
where
    P: Send + 'static,
    W: Fn(Chunk) -> P + Send + Sync + 'static,
{
    if threads == 1 {
        while let Some(chunk) = intake.next(&Alone) {
            let part = guard(|| work(chunk))?;
            deliver.deliver(part)?;
            if !intake.is_ready() {
                deliver.idle()?;
            }
        }
        return Ok(());
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("worker-{index}"))
        .build()
        .map_err(|error| Error::Internal(format!("cannot start threads: {error}")))?;
    let line = Arc::new(Line::new(limit_bytes));
    let reader = {
        let (line, work) = (Arc::clone(&line), Arc::new(work));
        move || {
            let end = EndOnDrop(&line);
            while let Some(chunk) = intake.next(&*line) {
                let Some(place) = line.reserve(chunk.cost_bytes()) else { break };
                let (line, work) = (Arc::clone(&line), Arc::clone(&work));
                pool.spawn_fifo(move || line.fill(place, guard(|| work(chunk))));
            }
            drop(end);
        }
    };
    std::thread::Builder::new()
        .name("reader".to_owned())
        .spawn(reader)
        .map_err(|error| Error::Internal(format!("cannot start a thread: {error}")))?;
    let result = take_in_order(&line, deliver);
    line.stop();
    result
}

fn take_in_order<P>(line: &Line<Result<P, Error>>, deliver: &mut impl Deliver<P>) -> Result<(), Error> {
    loop {
        let part = match line.try_take() {
            Some(part) => part,
            None => {
                deliver.idle()?;
                match line.take() {
                    Some(part) => part,
                    None => return Ok(()),
                }
            }
        };
        deliver.deliver(part?)?;
    }
}

/// A panic is a defect of ours; the run ends with a message instead of a hang or a half-written output.
pub(crate) fn guard<P>(work: impl FnOnce() -> P) -> Result<P, Error> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let what = panic.downcast_ref::<&str>().map(ToString::to_string);
        let what = what.or_else(|| panic.downcast_ref::<String>().cloned());
        Error::Internal(what.unwrap_or_else(|| "a worker panicked".to_owned()))
    })
}

/// Ends the line even if the reader panics, so that the writer never waits for nothing.
struct EndOnDrop<'a, T>(&'a Line<T>);

impl<T> Drop for EndOnDrop<'_, T> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// With one thread nothing is under way while the input is read.
pub(crate) struct Alone;

impl Flow for Alone {
    fn is_idle(&self) -> bool {
        true
    }

    fn wait_until_idle(&self) {}
}

impl<T> Flow for Line<T> {
    fn is_idle(&self) -> bool {
        self.lock().places.is_empty()
    }

    fn wait_until_idle(&self) {
        let mut state = self.lock();
        while !state.stopped && !state.places.is_empty() {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Results of chunks, taken in the order in which their places were reserved.
struct Line<T> {
    state: Mutex<State<T>>,
    room: Condvar,
    front: Condvar,
    limit_bytes: usize,
}

struct State<T> {
    places: VecDeque<Place<T>>,
    first: u64,
    cost_bytes: usize,
    ended: bool,
    stopped: bool,
}

struct Place<T> {
    result: Option<T>,
    cost_bytes: usize,
}

impl<T> Line<T> {
    fn new(limit_bytes: usize) -> Self {
        let state = State { places: VecDeque::new(), first: 0, cost_bytes: 0, ended: false, stopped: false };
        Line { state: Mutex::new(state), room: Condvar::new(), front: Condvar::new(), limit_bytes }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; `None` once the line is stopped.
    fn reserve(&self, cost_bytes: usize) -> Option<u64> {
        let mut state = self.lock();
        while !state.stopped && !state.places.is_empty() && state.cost_bytes + cost_bytes > self.limit_bytes {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped {
            return None;
        }
        state.cost_bytes += cost_bytes;
        state.places.push_back(Place { result: None, cost_bytes });
        Some(state.first + state.places.len() as u64 - 1)
    }

    fn fill(&self, place: u64, result: T) {
        let mut state = self.lock();
        let Some(index) = place.checked_sub(state.first) else { return };
        if let Some(place) = state.places.get_mut(index as usize) {
            place.result = Some(result);
        }
        if index == 0 {
            self.front.notify_one();
        }
    }

    fn try_take(&self) -> Option<T> {
        let mut state = self.lock();
        let result = state.places.front_mut()?.result.take()?;
        self.advance(&mut state);
        Some(result)
    }

    /// Waits for the result at the front; `None` once the line has ended and is empty.
    fn take(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            let front = state.places.front_mut().map(|place| place.result.take());
            match front {
                Some(Some(result)) => {
                    self.advance(&mut state);
                    return Some(result);
                }
                None if state.ended => return None,
                _ => {}
            }
            state = self.front.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn advance(&self, state: &mut State<T>) {
        if let Some(place) = state.places.pop_front() {
            state.cost_bytes -= place.cost_bytes;
            state.first += 1;
            self.room.notify_one();
        }
    }

    fn end(&self) {
        self.lock().ended = true;
        self.front.notify_one();
    }

    fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        state.places.clear();
        self.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_back_in_order_whatever_is_filled_first() {
        let line = Line::new(100);
        let places: Vec<u64> = (0..4).map(|_| line.reserve(10).expect("room")).collect();
        for &place in places.iter().rev() {
            assert!(line.try_take().is_none());
            line.fill(place, place);
        }
        line.end();
        let taken: Vec<u64> = std::iter::from_fn(|| line.take()).collect();
        assert_eq!(taken, places);
    }

    #[test]
    fn a_full_line_makes_the_reader_wait_but_one_large_chunk_goes_alone() {
        let line = Arc::new(Line::new(10));
        let first = line.reserve(1000).expect("alone");
        let waiting = {
            let line = Arc::clone(&line);
            std::thread::spawn(move || line.reserve(1).map(|place| line.fill(place, 2)))
        };
        line.fill(first, 1);
        assert_eq!(line.take(), Some(1));
        assert_eq!(line.take(), Some(2));
        waiting.join().expect("no panic");
        line.reserve(5).expect("room");
        line.stop();
        assert!(line.reserve(50).is_none());
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let result: Result<(), Error> = guard(|| panic!("broken {}", 1));
        assert!(matches!(result, Err(Error::Internal(what)) if what == "broken 1"));
    }
}
