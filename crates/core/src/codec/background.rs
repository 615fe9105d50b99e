//! A decompressor on its own thread, so that decompressing and working on the text overlap.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{Decompressor, read_retrying, same_error};

/// How many blocks go round between the two threads.
const BLOCKS: usize = 4;
/// How long a block is; a short read is passed on short, at once.
const BLOCK_BYTES: usize = 256 << 10;

/// Decompresses ahead on a thread of its own: at most 4 blocks of 256 KiB, and always the same ones.
///
/// The bytes and their end are those of the [`Decompressor`]; the first error ends it, and each read returns
/// that again. Dropped early, it tells the thread to stop and does not wait for it: a thread that is blocked
/// in a read of a slow pipe ends when that read returns.
pub struct Background {
    shared: Arc<Shared>,
    consumed: Arc<AtomicU64>,
    current: Option<Filled>,
    position: usize,
}

impl Background {
    /// Starts decompressing.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(mut decompressor: Decompressor) -> io::Result<Background> {
        let consumed = Arc::clone(&decompressor.consumed);
        let shared = Arc::new(Shared { queue: Mutex::default(), changed: Condvar::new() });
        let theirs = Arc::clone(&shared);
        thread::Builder::new().name("decompress".to_owned()).spawn(move || {
            let ending = Ending(theirs);
            let result = ending.0.pump(&mut decompressor);
            ending.0.end(result);
        })?;
        Ok(Background { shared, consumed, current: None, position: 0 })
    }

    /// Whether a read would return at once: with bytes, the end or an error.
    pub fn ready(&self) -> bool {
        if self.current.is_some() {
            return true;
        }
        let queue = self.shared.lock();
        !queue.filled.is_empty() || queue.ended.is_some()
    }

    /// How many compressed bytes the thread has taken so far, ahead of what was read here; after an error,
    /// where it is.
    pub fn consumed(&self) -> u64 {
        self.consumed.load(Ordering::Relaxed)
    }

    fn next_block(&mut self) -> io::Result<bool> {
        let mut queue = self.shared.lock();
        loop {
            if let Some(filled) = queue.filled.pop_front() {
                self.current = Some(filled);
                self.position = 0;
                return Ok(true);
            }
            match &queue.ended {
                Some(Ok(())) => return Ok(false),
                Some(Err(error)) => return Err(same_error(error)),
                None => queue = self.shared.wait(queue),
            }
        }
    }
}

impl Read for Background {
    fn read(&mut self, output: &mut [u8]) -> io::Result<usize> {
        if output.is_empty() || (self.current.is_none() && !self.next_block()?) {
            return Ok(0);
        }
        let Some(filled) = &self.current else { return Ok(0) };
        let rest = &filled.block[self.position..filled.length];
        let length = rest.len().min(output.len());
        output[..length].copy_from_slice(&rest[..length]);
        self.position += length;
        if self.position == filled.length
            && let Some(filled) = self.current.take()
        {
            self.shared.lock().spare.push(filled.block);
            self.shared.changed.notify_all();
        }
        Ok(length)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let mut queue = self.shared.lock();
        queue.closed = true;
        queue.filled.clear();
        self.shared.changed.notify_all();
    }
}

/// A block and how much of it, from its start and never nothing, is filled.
struct Filled {
    block: Box<[u8]>,
    length: usize,
}

#[derive(Default)]
struct Queue {
    filled: VecDeque<Filled>,
    spare: Vec<Box<[u8]>>,
    allocated: usize,
    ended: Option<io::Result<()>>,
    closed: bool,
}

struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

impl Shared {
    /// A panic while the lock is held leaves the queue whole: no invariant spans two statements.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, queue: MutexGuard<'a, Queue>) -> MutexGuard<'a, Queue> {
        self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner)
    }

    fn pump(&self, reader: &mut dyn Read) -> io::Result<()> {
        while let Some(mut block) = self.free_block() {
            let length = read_retrying(reader, &mut block)?;
            if length == 0 {
                break;
            }
            self.lock().filled.push_back(Filled { block, length });
            self.changed.notify_all();
        }
        Ok(())
    }

    /// Waits for a block to fill; `None` when nobody reads any more.
    fn free_block(&self) -> Option<Box<[u8]>> {
        let mut queue = self.lock();
        loop {
            if queue.closed {
                return None;
            }
            if let Some(block) = queue.spare.pop() {
                return Some(block);
            }
            if queue.allocated < BLOCKS {
                queue.allocated += 1;
                return Some(vec![0; BLOCK_BYTES].into());
            }
            queue = self.wait(queue);
        }
    }

    fn end(&self, result: io::Result<()>) {
        self.lock().ended.get_or_insert(result);
        self.changed.notify_all();
    }
}

/// Says that the thread is gone even if the reader panicked: the other side must not wait for ever.
struct Ending(Arc<Shared>);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.end(Err(io::Error::other("the reading thread panicked")));
    }
}
