//! A place in a line, which knows its column.

use super::error::Fault;

/// Reads a line from left to right.
pub(super) struct Cursor<'l> {
    rest: &'l str,
    column: usize,
}

impl<'l> Cursor<'l> {
    pub fn new(line: &'l str) -> Self {
        Cursor { rest: line, column: 1 }
    }

    /// What was not read yet.
    pub fn rest(&self) -> &'l str {
        self.rest
    }

    /// Of the next character, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.rest = &self.rest[character.len_utf8()..];
        self.column += 1;
        Some(character)
    }

    /// Reads as long as characters are of a kind.
    pub fn next_while(&mut self, is_wanted: impl Fn(char) -> bool) -> &'l str {
        let length = self.rest.find(|character| !is_wanted(character)).unwrap_or(self.rest.len());
        let (read, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.column += read.chars().count();
        read
    }

    /// Reads blanks, and gives them back.
    pub fn skip_blanks(&mut self) -> &'l str {
        self.next_while(is_blank)
    }

    /// Reads a word if it stands here.
    pub fn take(&mut self, word: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(word) else { return false };
        self.rest = rest;
        self.column += word.chars().count();
        true
    }

    /// Reads a word that must stand here, with blanks on either side.
    pub fn expect(&mut self, word: &str) -> Result<(), Fault> {
        self.skip_blanks();
        if !self.take(word) {
            return Err(self.fault(format!("expected '{word}'")));
        }
        self.skip_blanks();
        Ok(())
    }

    /// Nothing may follow but a comment.
    pub fn expect_end(&mut self) -> Result<(), Fault> {
        self.skip_blanks();
        match self.peek() {
            None | Some('#') => Ok(()),
            Some(_) => Err(self.fault("expected the end of the line, or a comment after '#'")),
        }
    }

    /// What is wrong here.
    pub fn fault(&self, what: impl Into<String>) -> Fault {
        Fault::new(self.column, what)
    }
}

pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}
