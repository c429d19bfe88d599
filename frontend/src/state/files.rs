//! Files of a message that is being written: on their way up, stored, or refused.

use app::Problem;
use model::message::{content_id, is_called};
use model::{Attachment, AttachmentId};

/// One file in the field.
#[derive(Clone, Debug, PartialEq)]
pub struct FileLine {
    /// Tells lines apart.
    pub number: u32,
    /// Name with ending.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// How far it has come.
    pub stage: FileStage,
    /// Where it stands.
    pub place: FilePlace,
}

/// Where a file stands in what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FilePlace {
    /// Beside the text.
    #[default]
    Attached,
    /// In the text, which calls it.
    Inside,
    /// It stood in the text and was taken out; it comes back when the text calls it again.
    Left,
}

impl FileLine {
    /// Whether it was not taken.
    pub fn is_refused(&self) -> bool {
        matches!(self.stage, FileStage::Refused(_) | FileStage::Empty)
    }
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq)]
pub enum FileStage {
    /// Is on its way up; the share that is through, 0 … 1.
    Rising(f64),
    /// Is stored.
    Stored(AttachmentId),
    /// Was not taken.
    Refused(Problem),
    /// Has nothing in it.
    Empty,
}

/// The files of a message in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    lines: Vec<FileLine>,
    count: u32,
}

impl Files {
    /// The files of a stored draft.
    pub fn read(stored: &[Attachment]) -> Self {
        let mut files = Self::default();
        stored.iter().for_each(|it| files.put(it));
        files
    }

    /// Puts a stored file behind the others.
    pub fn put(&mut self, stored: &Attachment) {
        let number = self.add(stored.name.clone(), stored.media_type.clone(), stored.size);
        self.end(number, Ok(stored.clone()));
    }

    /// Puts a stored file in place of those of its name.
    pub fn put_over(&mut self, stored: &Attachment) {
        self.lines.retain(|it| it.name != stored.name);
        self.put(stored);
    }

    /// Takes away the pictures of a text that is gone.
    pub fn drop_inside(&mut self) {
        self.lines.retain(|it| it.place == FilePlace::Attached);
    }

    /// Looks which files this text calls; answers whether that is news.
    pub fn stand_in(&mut self, text: &str) -> bool {
        let mut is_news = false;
        for line in &mut self.lines {
            let place = match (is_called(text, &content_id(&line.name)), line.place) {
                (true, _) => FilePlace::Inside,
                (false, FilePlace::Attached) => FilePlace::Attached,
                (false, FilePlace::Inside | FilePlace::Left) => FilePlace::Left,
            };
            is_news |= place != line.place;
            line.place = place;
        }
        is_news
    }

    /// The files beside the text, and those of the text that have not come up yet.
    pub fn beside(&self) -> impl Iterator<Item = &FileLine> {
        self.lines.iter().filter(|it| it.place == FilePlace::Attached || !matches!(it.stage, FileStage::Stored(_)))
    }

    /// Adds a file that begins to rise and gives its number.
    pub fn add(&mut self, name: String, media_type: String, size: u64) -> u32 {
        self.count += 1;
        self.lines.push(FileLine {
            number: self.count,
            name,
            media_type,
            size,
            stage: FileStage::Rising(0.0),
            place: FilePlace::default(),
        });
        self.count
    }

    /// Notes how much of a file is through.
    pub fn rise(&mut self, number: u32, share: f64) {
        if let Some(line) = self.by_number(number)
            && matches!(line.stage, FileStage::Rising(_))
        {
            line.stage = FileStage::Rising(share.clamp(0.0, 1.0));
        }
    }

    /// Notes how a file ended; one that was taken away meanwhile stays away.
    pub fn end(&mut self, number: u32, came: Result<Attachment, Problem>) {
        if let Some(line) = self.by_number(number) {
            match came {
                Ok(stored) => {
                    line.name = stored.name;
                    line.media_type = stored.media_type;
                    line.size = stored.size;
                    line.stage = FileStage::Stored(stored.id);
                }
                Err(problem) => line.stage = FileStage::Refused(problem),
            }
        }
    }

    /// Notes that a file has nothing in it, so that it is not taken.
    pub fn empty(&mut self, number: u32) {
        if let Some(line) = self.by_number(number) {
            line.stage = FileStage::Empty;
        }
    }

    /// A name that no other file has: `image.png`, then `image-2.png`.
    pub fn free_name(&self, wanted: &str) -> String {
        let is_taken = |name: &str| self.lines.iter().any(|it| it.name == name);
        let (stem, ending) = wanted.rsplit_once('.').map_or((wanted, String::new()), |(stem, it)| (stem, format!(".{it}")));
        let mut name = wanted.to_owned();
        let mut n = 2;
        while is_taken(&name) {
            name = format!("{stem}-{n}{ending}");
            n += 1;
        }
        name
    }

    /// Takes a file away.
    pub fn remove(&mut self, number: u32) {
        self.lines.retain(|it| it.number != number);
    }

    /// The lines in their order.
    pub fn lines(&self) -> &[FileLine] {
        &self.lines
    }

    /// The line of that number.
    pub fn line(&self, number: u32) -> Option<&FileLine> {
        self.lines.iter().find(|it| it.number == number)
    }

    /// The stored files, as a draft names them.
    pub fn ids(&self) -> Vec<AttachmentId> {
        self.carried()
            .filter_map(|it| match it.stage {
                FileStage::Stored(id) => Some(id),
                FileStage::Rising(_) | FileStage::Refused(_) | FileStage::Empty => None,
            })
            .collect()
    }

    /// The stored files with names and sizes.
    pub fn stored(&self) -> Vec<Attachment> {
        self.carried()
            .filter_map(|it| match it.stage {
                FileStage::Stored(id) => {
                    Some(Attachment { id, name: it.name.clone(), media_type: it.media_type.clone(), size: it.size })
                }
                FileStage::Rising(_) | FileStage::Refused(_) | FileStage::Empty => None,
            })
            .collect()
    }

    /// The size in bytes of everything that would leave; what was refused does not count.
    pub fn total(&self) -> u64 {
        self.carried().filter(|it| !it.is_refused()).map(|it| it.size).sum()
    }

    /// By how many bytes the files are too much together.
    pub fn excess(&self, max: u64) -> Option<u64> {
        self.total().checked_sub(max).filter(|it| 0 < *it)
    }

    /// Whether a file is still on its way up.
    pub fn is_rising(&self) -> bool {
        self.lines.iter().any(|it| matches!(it.stage, FileStage::Rising(_)))
    }

    /// Whether a file was not taken and is still in the field.
    pub fn has_refused(&self) -> bool {
        self.lines.iter().any(FileLine::is_refused)
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What would leave.
    fn carried(&self) -> impl Iterator<Item = &FileLine> {
        self.lines.iter().filter(|it| it.place != FilePlace::Left)
    }

    fn by_number(&mut self, number: u32) -> Option<&mut FileLine> {
        self.lines.iter_mut().find(|it| it.number == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(id: i64, size: u64) -> Attachment {
        Attachment { id: AttachmentId(id), name: format!("{id}.pdf"), media_type: "application/pdf".into(), size }
    }

    #[test]
    fn the_total_holds_what_rises_and_what_is_stored_but_nothing_refused() {
        let mut files = Files::read(&[stored(1, 1_000)]);
        let rising = files.add("a.png".into(), String::new(), 500);
        let refused = files.add("b.exe".into(), String::new(), 9_000);
        files.end(refused, Err(Problem::Unreachable));
        let empty = files.add("c.txt".into(), String::new(), 0);
        files.empty(empty);
        assert_eq!((files.total(), files.is_rising(), files.has_refused()), (1_500, true, true));
        files.rise(rising, 0.5);
        assert_eq!(files.line(rising).unwrap().stage, FileStage::Rising(0.5));
        files.end(rising, Ok(stored(2, 600)));
        assert_eq!((files.total(), files.is_rising()), (1_600, false));
        assert_eq!(files.ids(), [AttachmentId(1), AttachmentId(2)]);
        assert_eq!(Files::read(&files.stored()).total(), 1_600);
    }

    #[test]
    fn a_picture_goes_with_the_text_and_comes_back_with_it() {
        let mut files = Files::read(&[stored(1, 1_000), stored(2, 500)]);
        let text = "<p><img src=\"cid:2.pdf@posel\" alt=\"\"></p>";
        assert!(files.stand_in(text) && !files.stand_in(text));
        assert_eq!(files.beside().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["1.pdf"]);
        assert_eq!(files.ids(), [AttachmentId(1), AttachmentId(2)]);
        assert!(files.stand_in("<p></p>"));
        assert_eq!((files.ids(), files.total()), (vec![AttachmentId(1)], 1_000));
        assert!(files.stand_in(text));
        assert_eq!(files.ids().len(), 2);
        files.put_over(&Attachment { name: "1.pdf".into(), ..stored(3, 7) });
        files.drop_inside();
        assert_eq!(files.ids(), [AttachmentId(3)]);
    }

    #[test]
    fn pictures_pasted_under_one_name_are_told_apart() {
        let mut files = Files::default();
        for expected in ["image.png", "image-2.png", "image-3.png"] {
            let name = files.free_name("image.png");
            assert_eq!(name, expected);
            files.add(name, "image/png".into(), 1);
        }
        assert_eq!(files.free_name("bez"), "bez");
    }

    #[test]
    fn the_limit_itself_is_not_too_much() {
        let files = Files::read(&[stored(1, 1_000)]);
        assert_eq!((files.excess(1_000), files.excess(999)), (None, Some(1)));
    }

    #[test]
    fn a_file_taken_away_while_it_rises_stays_away() {
        let mut files = Files::default();
        let number = files.add("a.png".into(), String::new(), 500);
        files.remove(number);
        files.end(number, Ok(stored(1, 500)));
        assert!(files.is_empty());
    }

    #[test]
    fn progress_that_comes_late_changes_nothing() {
        let mut files = Files::default();
        let number = files.add("a.png".into(), String::new(), 500);
        files.end(number, Ok(stored(1, 500)));
        files.rise(number, 0.9);
        assert_eq!(files.ids(), [AttachmentId(1)]);
    }
}
