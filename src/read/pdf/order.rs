//! The order in which a page's lines are read.
//!
//! Nearly every program draws text in the order in which it is read, and knows columns better than any guess. Only where a page's own order
//! leaps about is it put in order by its white space: the page is cut where blank strips run through it, level ones first. What is drawn late
//! and stands above all that was drawn before it, as a title in a box does, is read first.

use std::collections::VecDeque;

use super::lines::Line;

/// An upright blank strip at least this wide parts columns, in sizes of the letters.
const GUTTER: f32 = 1.5;

/// Puts a page's lines into reading order.
pub(super) fn sort(lines: Vec<Line>) -> Vec<Line> {
    let lines = raise(lines);
    if leaps(&lines) * 6 <= lines.len() { lines } else { cut(lines) }
}

/// Moves each stretch of lines that goes down the page and lies wholly above all lines before it to the front.
fn raise(lines: Vec<Line>) -> Vec<Line> {
    let mut stretches: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match stretches.last_mut() {
            Some(stretch) if stretch.last().is_none_or(|l| line.base >= l.base - 2.0 * l.size) => {
                stretch.push(line);
            }
            _ => stretches.push(vec![line]),
        }
    }
    let mut ordered: VecDeque<Vec<Line>> = VecDeque::new();
    let mut top = f32::INFINITY;
    for stretch in stretches {
        let upper = stretch.iter().map(|l| l.base - l.size).fold(f32::INFINITY, f32::min);
        let lower = stretch.iter().map(|l| l.base).fold(f32::NEG_INFINITY, f32::max);
        if lower < top {
            ordered.push_front(stretch);
        } else {
            ordered.push_back(stretch);
        }
        top = top.min(upper);
    }
    ordered.into_iter().flatten().collect()
}

/// How often a line stands above the one before it without standing beside it in another column.
fn leaps(lines: &[Line]) -> usize {
    lines
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(one, next)| {
            next.base < one.base - 2.0 * one.size && next.left < one.right && next.spot == one.spot
        })
        .count()
}

/// Cuts along blank strips; an explicit stack, the part that is read first on top.
fn cut(lines: Vec<Line>) -> Vec<Line> {
    let mut done = Vec::with_capacity(lines.len());
    let mut stack = vec![lines];
    while let Some(mut part) = stack.pop() {
        if part.len() < 2 {
            done.append(&mut part);
            continue;
        }
        let size = part.iter().map(|l| l.size).fold(0.0, f32::max);
        let across = strips(&part, |l| (l.left, l.right), GUTTER * size);
        let down = strips(&part, |l| (l.base - 0.8 * l.size, l.base + 0.2 * l.size), 0.3 * size);
        if let Some(at) = across.first() {
            let (left, right): (Vec<Line>, Vec<Line>) = part.into_iter().partition(|l| l.left < *at);
            stack.push(right);
            stack.push(left);
        } else if let Some(middle) = down.get(down.len() / 2) {
            // Bands that are columns together stay together: only a blank in the middle is cut.
            let (upper, lower): (Vec<Line>, Vec<Line>) = part.into_iter().partition(|l| l.base < *middle);
            stack.push(lower);
            stack.push(upper);
        } else {
            part.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
            done.append(&mut part);
        }
    }
    done
}

/// Where blank strips of at least this width end, in order.
fn strips(lines: &[Line], extent: impl Fn(&Line) -> (f32, f32), least: f32) -> Vec<f32> {
    let mut extents: Vec<(f32, f32)> = lines.iter().map(extent).collect();
    extents.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut found = Vec::new();
    let mut reach = f32::NEG_INFINITY;
    for (from, to) in extents {
        if reach.is_finite() && from - reach >= least {
            found.push(from);
        }
        reach = reach.max(to);
    }
    found
}
