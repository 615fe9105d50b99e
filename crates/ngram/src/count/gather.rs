//! Rows become n-grams: those of the same tokens are one, with its forms and its documents.

use super::tuples::{COLUMNS_MAX, Tuples};
use super::walk::{Forms, Gram};

/// Gathers sorted rows.
pub struct Gather {
    tuples: Tuples,
    /// The first row of the n-gram under way, if there is one.
    row: [u32; COLUMNS_MAX],
    shared: usize,
    count: u64,
    forms: Vec<u32>,
    form_counts: Vec<u64>,
    /// The documents of the n-gram under way; several times where it has several forms.
    documents: Vec<u32>,
}

impl Gather {
    /// Gathers rows of this kind.
    pub fn new(tuples: Tuples) -> Gather {
        Gather {
            tuples,
            row: [0; COLUMNS_MAX],
            shared: 0,
            count: 0,
            forms: Vec::new(),
            form_counts: Vec::new(),
            documents: Vec::new(),
        }
    }

    /// Takes a row that comes `count` times and is not less than the one before; what was under way is given to `each`
    /// if it is over.
    ///
    /// # Errors
    /// Those of `each`.
    #[inline]
    pub fn push<E>(
        &mut self,
        row: &[u32],
        count: u64,
        each: impl FnMut(Gram<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let order = self.tuples.order();
        let shared = row[..order].iter().zip(&self.row).take_while(|(one, other)| one == other).count();
        let is_same = self.count > 0 && shared == order;
        if !is_same {
            self.flush(each)?;
            self.row[..order].copy_from_slice(&row[..order]);
            self.shared = shared;
        }
        self.count = self.count.saturating_add(count);
        if self.tuples.has_forms {
            self.add_form(&row[order..2 * order], count);
        }
        if self.tuples.has_documents {
            let document = row[self.tuples.columns() - 1];
            if self.documents.last() != Some(&document) {
                self.documents.push(document);
            }
        }
        Ok(())
    }

    /// Gives the last n-gram to `each`.
    ///
    /// # Errors
    /// Those of `each`.
    pub fn flush<E>(&mut self, mut each: impl FnMut(Gram<'_>) -> Result<(), E>) -> Result<(), E> {
        if self.count == 0 {
            return Ok(());
        }
        if self.form_counts.len() > 1 {
            self.documents.sort_unstable();
            self.documents.dedup();
        }
        let order = self.row[..self.tuples.order()].iter().take_while(|&&token| token != 0).count();
        let gram = Gram {
            tokens: &self.row[..order],
            shared: self.shared.min(order),
            count: self.count,
            documents: &self.documents,
            forms: Forms { tokens: &self.forms, counts: &self.form_counts },
        };
        let given = each(gram);
        self.count = 0;
        self.forms.clear();
        self.form_counts.clear();
        self.documents.clear();
        given
    }

    fn add_form(&mut self, form: &[u32], count: u64) {
        let order = form.iter().take_while(|&&token| token != 0).count();
        let form = &form[..order];
        match self.form_counts.last_mut() {
            Some(last) if self.forms.ends_with(form) => *last = last.saturating_add(count),
            _ => {
                self.forms.extend_from_slice(form);
                self.form_counts.push(count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Shape;

    #[test]
    fn forms_and_documents_of_an_n_gram_are_gathered() {
        let tuples = Tuples {
            orders: "1-2".parse().expect("orders"),
            shape: Shape::Adjacent,
            has_forms: true,
            has_documents: true,
        };
        let rows: [([u32; 5], u64); 6] = [
            ([1, 0, 1, 0, 7], 2),
            ([1, 0, 1, 0, 9], 1),
            ([1, 0, 2, 0, 9], 1),
            ([1, 2, 1, 3, 7], 5),
            ([2, 0, 3, 0, 1], 1),
            ([2, 0, 3, 0, 1], 1),
        ];
        let mut seen = Vec::new();
        let mut see = |gram: Gram<'_>| {
            let forms = (gram.forms.tokens.to_vec(), gram.forms.counts.to_vec());
            seen.push((gram.tokens.to_vec(), gram.shared, gram.count, gram.documents.len(), forms));
            Ok::<(), ()>(())
        };
        let mut gather = Gather::new(tuples);
        for (row, count) in rows {
            gather.push(&row, count, &mut see).expect("no error");
        }
        gather.flush(&mut see).expect("no error");
        gather.flush(&mut see).expect("no error");
        assert_eq!(
            seen,
            [
                (vec![1], 0, 4, 2, (vec![1, 2], vec![3, 1])),
                (vec![1, 2], 1, 5, 1, (vec![1, 3], vec![5])),
                (vec![2], 0, 2, 1, (vec![3], vec![2])),
            ]
        );
    }
}
