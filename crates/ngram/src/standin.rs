//! Stand-in.
#![allow(missing_docs)]
use crate::entry::{Entry, Summary};
use crate::parameters::Parameters;
use textcore::{Answer, Error, Output};

#[derive(Debug, Clone, Default)]
pub struct Answering;
#[derive(Debug, Clone, Copy, Default)]
pub struct Needs {
    pub totals: bool,
    pub margins: bool,
    pub documents: bool,
}
impl Answering {
    pub fn needs(&self) -> Needs {
        Needs::default()
    }
    pub fn begin(&self, _: &Parameters, _: &Summary) -> Result<Harvest, Error> {
        Ok(Harvest)
    }
}
pub struct Harvest;
#[derive(Clone, Copy)]
pub struct Reaper;
impl Reaper {
    pub fn sheaf(&self) -> Sheaf {
        Sheaf::default()
    }
}
#[derive(Default)]
pub struct Sheaf {
    line: Vec<u8>,
    ends: [usize; 10],
    out: Vec<u8>,
}
impl Harvest {
    pub fn reaper(&self) -> Reaper {
        Reaper
    }
    pub fn bind(&mut self, sheaf: Sheaf, out: &mut dyn Output) -> Result<(), Error> {
        out.put(&sheaf.out)
    }
    pub fn finish(self, _: &mut dyn Output) -> Result<Answer, Error> {
        Ok(Answer::Yes)
    }
}
impl Sheaf {
    pub fn push(&mut self, entry: &Entry<'_>) -> Result<(), Error> {
        let order = entry.order();
        self.line.truncate(self.ends[entry.shared]);
        for number in entry.shared..order {
            if number > 0 {
                self.line.push(b' ');
            }
            textcore::partial::escape_key_into(entry.tokens[number], &mut self.line);
            self.ends[number + 1] = self.line.len();
        }
        self.out.extend_from_slice(&self.line[..self.ends[order]]);
        self.out.push(b'\t');
        let mut b = [0u8; 20];
        let mut at = 20;
        let mut c = entry.count;
        loop {
            at -= 1;
            b[at] = b'0' + (c % 10) as u8;
            c /= 10;
            if c == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&b[at..]);
        self.out.push(b'\n');
        Ok(())
    }
    pub fn size_bytes(&self) -> usize {
        self.out.len()
    }
}
impl crate::merge::Ending for Answering {
    type Harvest = Harvest;
    fn needs(&self) -> crate::merge::Needs {
        crate::merge::Needs::default()
    }
    fn begin(&self, _: &Parameters, _: &Summary) -> Result<Harvest, Error> {
        Ok(Harvest)
    }
}
impl crate::merge::Reaping for Harvest {
    type Sheaf = Sheaf;
    fn sheaf(&self) -> Sheaf {
        Sheaf::default()
    }
    fn bind(&mut self, sheaf: Sheaf, out: &mut dyn Output) -> Result<(), Error> {
        out.put(&sheaf.out)
    }
    fn finish(self, _: &mut dyn Output) -> Result<Answer, Error> {
        Ok(Answer::Yes)
    }
}
impl crate::merge::Sheaves<Harvest> for Sheaf {
    fn push(&mut self, _: &Harvest, entry: &Entry<'_>) -> Result<(), Error> {
        Sheaf::push(self, entry)
    }
    fn size_bytes(&self) -> usize {
        self.out.len()
    }
}
