//! How rich the vocabulary is.

use crate::parameters::Parameters;
use crate::report::{Curve, Section, Value, Weight};
use crate::sequence::{MEANS, TOO_LONG};
use crate::survey::Survey;
use crate::vocabulary::{Heaps, Indices, Interpolation, Ranks, Zipf};

/// How many points the growth curve has.
const POINTS: u64 = 50;

/// Indices, fits and curves.
pub fn section(survey: &Survey, parameters: &Parameters) -> Section {
    let mut section = Section::new("vocabulary", "vocabulary");
    let spectrum = &survey.spectrum;
    if parameters.areas.vocabulary {
        section.add(
            "hapaxes",
            "words that come once",
            Value::Share { count: spectrum.of(1), of: spectrum.types() },
        );
        section.add(
            "dis_legomena",
            "words that come twice",
            Value::Share { count: spectrum.of(2), of: spectrum.types() },
        );
        for (name, value) in Indices::of(spectrum).named() {
            section.add(name, label(name), Value::Real(value));
        }
    }
    if parameters.areas.sequence {
        for name in MEANS {
            let mean = survey.sums.means.get(name).copied().unwrap_or_default();
            let note = match mean.weight() {
                0 => "of no document".to_owned(),
                1 => "of 1 document".to_owned(),
                documents => format!("mean of {documents} documents"),
            };
            section.add(name, label(name), Value::Real(mean.value())).note(note);
        }
        let too_long = survey.sums.sequences.get(TOO_LONG).copied().unwrap_or(0);
        let weight = if too_long > 0 { Weight::Plain } else { Weight::Hidden };
        section.add(TOO_LONG, "documents too long for these", Value::Count(too_long)).weight(weight);
    }
    if parameters.areas.vocabulary {
        add_fits(&mut section, survey);
    }
    section
}

/// What people call an index.
fn label(key: &str) -> &str {
    const LABELS: [(&str, &str); 15] = [
        ("ttr", "TTR"),
        ("cttr", "CTTR"),
        ("guiraud_r", "Guiraud R"),
        ("herdan_c", "Herdan C"),
        ("summer_s", "Summer S"),
        ("dugast_u", "Dugast U"),
        ("maas_a2", "Maas a²"),
        ("yule_k", "Yule K"),
        ("yule_i", "Yule I"),
        ("simpson_d", "Simpson D"),
        ("herdan_vm", "Herdan Vm"),
        ("hdd", "HD-D"),
        ("mattr", "MATTR"),
        ("msttr", "MSTTR"),
        ("mtld", "MTLD"),
    ];
    LABELS.iter().find(|(known, _)| *known == key).map_or(key, |(_, label)| label)
}

fn add_fits(section: &mut Section, survey: &Survey) {
    let spectrum = &survey.spectrum;
    let heaps = Heaps::fit(spectrum);
    let (zipf, mandelbrot) = (Zipf::fit(spectrum), Zipf::fit_mandelbrot(spectrum));
    let fits = [
        ("heaps_k", "Heaps K", heaps.constant),
        ("heaps_beta", "Heaps β", heaps.exponent),
        ("heaps_r2", "Heaps R²", heaps.r_squared),
        ("zipf_c", "Zipf C", zipf.constant),
        ("zipf_a", "Zipf a", zipf.exponent),
        ("zipf_r2", "Zipf R²", zipf.r_squared),
        ("zipf_mandelbrot_c", "Zipf–Mandelbrot C", mandelbrot.constant),
        ("zipf_mandelbrot_a", "Zipf–Mandelbrot a", mandelbrot.exponent),
        ("zipf_mandelbrot_b", "Zipf–Mandelbrot b", mandelbrot.shift),
        ("zipf_mandelbrot_r2", "Zipf–Mandelbrot R²", mandelbrot.r_squared),
    ];
    for (key, label, value) in fits {
        section.add(key, label, Value::Real(value));
    }
    let points: Vec<_> = Interpolation::of(spectrum).curve(POINTS);
    let growth = Curve {
        x: "tokens",
        y: "types",
        fitted: points.iter().map(|point| heaps.at(point.tokens as f64)).collect(),
        points: points.iter().map(|point| (point.tokens as f64, point.types)).collect(),
        is_logarithmic: false,
    };
    section.add("growth", "growth of the vocabulary", Value::Curve(growth));
    let ranks = Ranks::sampled(spectrum);
    let frequencies = Curve {
        x: "rank",
        y: "frequency",
        fitted: ranks.iter().map(|&(rank, _)| mandelbrot.at(rank as f64)).collect(),
        points: ranks.iter().map(|&(rank, frequency)| (rank as f64, frequency as f64)).collect(),
        is_logarithmic: true,
    };
    section.add("ranks", "rank and frequency", Value::Curve(frequencies));
}
