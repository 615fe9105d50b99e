//! Groups of text by name, numbered as they are met; numbers never reach the output.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use textcore::Error;
use textcore::source::Operand;

/// More groups than this are a mistake in the choice of what to group by, and would not fit into memory.
pub const GROUPS_MAX: usize = 1 << 20;

/// The numbers of all groups, shared by the workers.
#[derive(Debug, Default)]
pub struct Groups {
    numbers: Mutex<HashMap<Vec<u8>, u32>>,
}

impl Groups {
    /// The number of a group.
    ///
    /// # Errors
    /// There are too many.
    pub fn number(&self, name: &[u8]) -> Result<u32, Error> {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&number) = numbers.get(name) {
            return Ok(number);
        }
        if numbers.len() >= GROUPS_MAX {
            let what = format!("--group-by made more than {GROUPS_MAX} groups: group by something coarser");
            return Err(Error::Usage(what));
        }
        let number = numbers.len() as u32;
        numbers.insert(name.to_vec(), number);
        Ok(number)
    }

    /// The name of the group of all that an operand, as it was typed, leads to: its place among them.
    pub fn name_of_operand(operand: &Operand) -> Vec<u8> {
        operand.typed.to_string().into_bytes()
    }

    /// The names by number.
    pub fn names(&self) -> Vec<Vec<u8>> {
        let numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut names = vec![Vec::new(); numbers.len()];
        for (name, &number) in numbers.iter() {
            names[number as usize].clone_from(name);
        }
        names
    }
}
