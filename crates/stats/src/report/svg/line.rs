//! Points from left to right, and the curve that was fitted to them.

use super::axis::Axis;
use super::canvas::{Frame, LETTER, Side, label, line, text_width, units};
use crate::report::Curve;
use crate::report::markup::Markup;
use crate::report::number::rounded;

/// Points that are nearer to each other, in units, are not drawn twice.
const NEAR: f64 = 2.0;
/// More points than these have no circles but a line.
const CIRCLES_MAX: usize = 120;

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Points {
    axes: [(f64, f64); 2],
    curve: Curve,
}

impl Points {
    /// The points of a curve that can be drawn; `None` if fewer than two can.
    pub fn of(curve: &Curve) -> Option<Points> {
        let is_drawable = |number: f64| number.is_finite() && (number > 0.0 || !curve.is_logarithmic);
        let drawable = curve.points.iter().filter(|point| is_drawable(point.0) && is_drawable(point.1));
        let mut axes = [(f64::INFINITY, f64::NEG_INFINITY); 2];
        for point in drawable {
            for (axis, number) in axes.iter_mut().zip([point.0, point.1]) {
                *axis = (axis.0.min(number), axis.1.max(number));
            }
        }
        // The fit is seen where it is not far above the points.
        let far = axes[1].1 * if curve.is_logarithmic { 3.0 } else { 1.3 };
        let fits = curve.fitted.iter().filter(|&&fitted| is_drawable(fitted) && fitted <= far);
        axes[1].1 = fits.fold(axes[1].1, |high, &fitted| high.max(fitted));
        if !curve.is_logarithmic {
            // What begins near nought begins at nought.
            axes = axes.map(|(low, high)| (if low > 0.0 && low < high / 2.0 { 0.0 } else { low }, high));
        }
        let is_wide =
            axes.iter().all(|&(low, high)| Axis::new(low, high, curve.is_logarithmic, 0.0, 1.0).is_some());
        is_wide.then(|| Points { axes, curve: curve.clone() })
    }

    /// What those learn who do not see the chart.
    pub fn description(&self) -> String {
        let Curve { x, y, points, is_logarithmic, .. } = &self.curve;
        let ends = [points.first(), points.last()].into_iter().flatten();
        let ends = ends.map(|point| format!("{x} {}: {y} {}", rounded(point.0), rounded(point.1)));
        let scales = if *is_logarithmic { "; both axes are logarithmic" } else { "" };
        format!("{y} by {x}; {}{scales}", ends.collect::<Vec<_>>().join("; "))
    }

    /// Draws the points; gives the height.
    pub fn draw(&self, frame: Frame, markup: &mut Markup) -> f64 {
        let (top, bottom) = (frame.top() + 30.0, frame.height - 40.0);
        let [across, along] = self.axes;
        let is_logarithmic = self.curve.is_logarithmic;
        let Some(upwards) = Axis::new(along.0, along.1, is_logarithmic, bottom, top) else {
            return frame.height;
        };
        let ticks = upwards.ticks(5);
        let left = 10.0 + ticks.iter().map(|tick| text_width(&tick.1)).fold(0.0, f64::max);
        let right = frame.width - 14.0;
        let Some(rightwards) = Axis::new(across.0, across.1, is_logarithmic, left, right) else {
            return frame.height;
        };
        for (y, text) in &ticks {
            line(markup, "grid", (left, *y), (right, *y));
            label(markup, (left - 6.0, y + LETTER / 3.0), Side::Right, "tick", text);
        }
        for (x, text) in rightwards.ticks((frame.width / 70.0) as usize) {
            line(markup, "grid", (x, top), (x, bottom + 4.0));
            let half = text_width(&text) / 2.0;
            label(markup, (x.min(frame.width - half), bottom + LETTER + 7.0), Side::Middle, "tick", &text);
        }
        line(markup, "axis", (left, bottom), (right, bottom));
        line(markup, "axis", (left, top), (left, bottom));
        self.draw_points(markup, &rightwards, &upwards);
        self.draw_fit(markup, &rightwards, &upwards);
        label(markup, (0.0, frame.top() + LETTER), Side::Left, "name", self.curve.y);
        label(markup, (right, frame.height - 6.0), Side::Right, "name", self.curve.x);
        if !self.curve.fitted.is_empty() {
            draw_legend(markup, right, frame.top() + LETTER);
        }
        frame.height
    }

    fn draw_points(&self, markup: &mut Markup, rightwards: &Axis, upwards: &Axis) {
        let places = self
            .curve
            .points
            .iter()
            .filter_map(|point| Some(((rightwards.place(point.0)?, upwards.place(point.1)?), point)));
        let drawn = thinned(places);
        if drawn.len() > CIRCLES_MAX {
            return draw_path(markup, "drawn", drawn.iter().map(|(place, _)| Some(*place)));
        }
        let Curve { x, y, .. } = &self.curve;
        for ((across, along), point) in drawn {
            let [cx, cy] = [across, along].map(units);
            markup.open("circle", &[("class", "point"), ("cx", &cx), ("cy", &cy), ("r", "2.6")]);
            let text = format!("{x} {}: {y} {}", rounded(point.0), rounded(point.1));
            markup.element("title", &[], &text).close();
        }
    }

    /// Where the fitted curve leaves the chart, its line is broken.
    fn draw_fit(&self, markup: &mut Markup, rightwards: &Axis, upwards: &Axis) {
        let places = self
            .curve
            .points
            .iter()
            .zip(&self.curve.fitted)
            .map(|(point, fitted)| Some((rightwards.place(point.0)?, upwards.place(*fitted)?)));
        draw_path(markup, "fit", places);
    }
}

/// Points without those that stand nearly where the one before them does; the last one stays.
fn thinned<T>(points: impl Iterator<Item = ((f64, f64), T)>) -> Vec<((f64, f64), T)> {
    let mut kept: Vec<((f64, f64), T)> = Vec::new();
    let mut last = None;
    for (place, point) in points {
        let is_near = kept.last().is_some_and(|((x, y), _)| (place.0 - x).hypot(place.1 - y) < NEAR);
        if is_near {
            last = Some((place, point));
        } else {
            kept.push((place, point));
            last = None;
        }
    }
    kept.extend(last);
    kept
}

fn draw_path(markup: &mut Markup, class: &str, places: impl Iterator<Item = Option<(f64, f64)>>) {
    let mut path = String::new();
    let mut is_open = false;
    let mut before = (f64::INFINITY, f64::INFINITY);
    for place in places {
        let Some((x, y)) = place else {
            is_open = false;
            continue;
        };
        if is_open && (x - before.0).hypot(y - before.1) < NEAR {
            continue;
        }
        path += &format!("{}{} {}", if is_open { 'L' } else { 'M' }, units(x), units(y));
        (is_open, before) = (true, (x, y));
    }
    if !path.is_empty() {
        markup.leaf("path", &[("class", class), ("d", &path)]);
    }
}

fn draw_legend(markup: &mut Markup, right: f64, base: f64) {
    label(markup, (right, base), Side::Right, "tick", "fitted");
    let x = right - text_width("fitted") - 6.0;
    line(markup, "fit", (x - 22.0, base - 4.0), (x, base - 4.0));
    let x = x - 36.0;
    label(markup, (x, base), Side::Right, "tick", "counted");
    let [cx, cy] = [x - text_width("counted") - 8.0, base - 4.0].map(units);
    markup.leaf("circle", &[("class", "point"), ("cx", &cx), ("cy", &cy), ("r", "2.6")]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(points: &[(f64, f64)], is_logarithmic: bool) -> Curve {
        Curve { x: "rank", y: "frequency", points: points.to_vec(), fitted: Vec::new(), is_logarithmic }
    }

    #[test]
    fn two_places_make_a_chart() {
        assert!(Points::of(&curve(&[(1.0, 2.0), (3.0, 4.0)], true)).is_some());
        for none in
            [&[][..], &[(1.0, 2.0)], &[(1.0, 2.0), (1.0, 3.0)], &[(1.0, f64::NAN), (2.0, f64::INFINITY)]]
        {
            assert!(Points::of(&curve(none, false)).is_none(), "{none:?}");
        }
        assert!(Points::of(&curve(&[(0.0, 1.0), (1.0, 2.0)], true)).is_none(), "nought has no logarithm");
    }

    #[test]
    fn near_points_are_drawn_once_but_the_last_one_always() {
        let points = [0.0, 0.5, 1.0, 5.0, 5.5].map(|x| ((x, 0.0), x));
        assert_eq!(
            thinned(points.into_iter()).into_iter().map(|point| point.1).collect::<Vec<_>>(),
            [0.0, 5.0, 5.5]
        );
    }

    #[test]
    fn fits_that_leave_the_chart_are_broken() {
        let mut markup = Markup::default();
        let places = [Some((0.0, 0.0)), Some((9.0, 1.0)), None, Some((20.0, 2.0)), Some((30.0, 3.0))];
        draw_path(&mut markup, "fit", places.into_iter());
        assert_eq!(markup.finish(), "<path class=\"fit\" d=\"M0 0L9 1M20 2L30 3\"/>");
    }
}
