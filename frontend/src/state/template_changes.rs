//! What differs between two versions of a template, line by line.

use model::{Language, PlainText, TemplateDraft, TemplatePlace, TemplateText};

/// What differs in one place of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// In which language.
    pub language: Language,
    /// Where in its text.
    pub place: TemplatePlace,
    /// The lines of both, those around the differences and the differences.
    pub lines: Vec<Line>,
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Same(String),
    /// Only in the earlier one.
    Gone(String),
    /// Only in the later one.
    New(String),
    /// So many equal lines are left out.
    Skipped(usize),
}

/// Equal lines shown before and behind a difference.
const AROUND: usize = 2;
/// Longer texts are told as wholly gone and wholly new: comparing them would take too long.
const COMPARED: usize = 2_000;

/// What differs, in the order of languages and places.
pub fn changes(earlier: &TemplateDraft, later: &TemplateDraft) -> Vec<Changed> {
    let mut changes = Vec::new();
    for language in Language::ALL {
        let of = |draft: &TemplateDraft| places(draft.texts.iter().find(|it| it.language == language));
        for (old, new) in of(earlier).into_iter().zip(of(later)) {
            if old.1 != new.1 {
                changes.push(Changed { language, place: old.0, lines: compared(&old.1, &new.1) });
            }
        }
    }
    changes
}

/// The places of a text with what stands there; nothing stands in a text that there is not.
fn places(text: Option<&TemplateText>) -> [(TemplatePlace, String); 4] {
    let plain = match text.map(|it| &it.plain) {
        None | Some(PlainText::Made) => String::new(),
        Some(PlainText::Own(words)) => words.clone(),
    };
    let of = |read: fn(&TemplateText) -> &str| text.map_or_else(String::new, |it| read(it).to_owned());
    [
        (TemplatePlace::Subject, of(|it| &it.subject)),
        (TemplatePlace::Preheader, of(|it| &it.preheader)),
        (TemplatePlace::Body, of(|it| it.body.source())),
        (TemplatePlace::Plain, plain),
    ]
}

/// The lines of two texts against one another.
fn compared(old: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if COMPARED < old.len() || COMPARED < new.len() {
        let gone = old.iter().map(|it| Line::Gone((*it).to_owned()));
        return gone.chain(new.iter().map(|it| Line::New((*it).to_owned()))).collect();
    }
    shortened(walk(&old, &new, &common(&old, &new)))
}

/// For each pair of places how many lines the rests have in common (the longest common subsequence).
fn common(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] = if old[i] == new[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    table
}

fn walk(old: &[&str], new: &[&str], table: &[Vec<u32>]) -> Vec<Line> {
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push(Line::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || table[i][j + 1] <= table[i + 1][j]) {
            lines.push(Line::Gone(old[i].to_owned()));
            i += 1;
        } else {
            lines.push(Line::New(new[j].to_owned()));
            j += 1;
        }
    }
    lines
}

/// Leaves out equal lines far from any difference.
fn shortened(lines: Vec<Line>) -> Vec<Line> {
    let differs: Vec<usize> = (0..lines.len()).filter(|it| !matches!(lines[*it], Line::Same(_))).collect();
    let is_near = |at: usize| differs.iter().any(|it| it.abs_diff(at) <= AROUND);
    let mut short: Vec<Line> = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        if is_near(at) {
            short.push(line);
        } else if let Some(Line::Skipped(n)) = short.last_mut() {
            *n += 1;
        } else {
            short.push(Line::Skipped(1));
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use model::{Channel, TemplateBody};

    use super::*;

    fn draft(language: Language, subject: &str, body: &str) -> TemplateDraft {
        let text = TemplateText {
            subject: subject.into(),
            body: TemplateBody::Html(body.into()),
            ..TemplateText::empty(language, Channel::Email)
        };
        TemplateDraft { texts: vec![text], ..TemplateDraft::default() }
    }

    #[test]
    fn only_what_differs_is_told_with_the_lines_around() {
        let old = draft(Language::Cs, "x", "1\n2\n3\n4\n5\n6\n7");
        let new = draft(Language::Cs, "x", "1\n2\n3\n4\nfive\n6\n7");
        let told = changes(&old, &new);
        assert_eq!((told.len(), told[0].language, told[0].place), (1, Language::Cs, TemplatePlace::Body));
        let same = |it: &str| Line::Same(it.into());
        let expected =
            [Line::Skipped(2), same("3"), same("4"), Line::Gone("5".into()), Line::New("five".into()), same("6"), same("7")];
        assert_eq!(told[0].lines, expected);
        assert!(changes(&old, &old).is_empty());
    }

    #[test]
    fn a_language_that_came_or_went_is_told_wholly() {
        let (old, new) = (draft(Language::Sk, "a", "b"), draft(Language::En, "c", "d"));
        let told: Vec<_> = changes(&old, &new).into_iter().map(|it| (it.language, it.place, it.lines)).collect();
        assert_eq!(
            told,
            [
                (Language::Sk, TemplatePlace::Subject, vec![Line::Gone("a".into())]),
                (Language::Sk, TemplatePlace::Body, vec![Line::Gone("b".into())]),
                (Language::En, TemplatePlace::Subject, vec![Line::New("c".into())]),
                (Language::En, TemplatePlace::Body, vec![Line::New("d".into())]),
            ]
        );
    }
}
