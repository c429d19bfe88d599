//! A document as PDF 1.7 (ISO 32000-1), with its fonts inside.

mod font;
mod layout;

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::AssociationKind;
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use self::font::Fonts;
use self::layout::Page;
use crate::{Document, Inside};

/// Width and height of A4 in points.
const PAPER: (f32, f32) = (595.28, 841.89);

/// Why no PDF was made.
#[derive(Debug)]
pub enum Error {
    /// A font that belongs to the program cannot be read.
    Font,
    /// Something could not be packed.
    Packing(std::io::Error),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Font => f.write_str("a font inside the program is damaged"),
            Self::Packing(error) => write!(f, "a piece of the document cannot be packed: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Packing(error)
    }
}

/// Draws the document on as many pages of A4 as it takes. Letters that the fonts lack are drawn as empty boxes.
///
/// # Errors
/// Fails when a font of the program is damaged or the memory is at its end.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Error> {
    let mut fonts = Fonts::new()?;
    let pages = layout::pages(document, &mut fonts);
    let mut last = 0;
    let mut next = || {
        last += 1;
        Ref::new(last)
    };
    let (catalog, tree, info) = (next(), next(), next());
    let (regular, bold) = (next(), next());
    let mut pdf = Pdf::new();
    let mut kids = Vec::with_capacity(pages.len());
    for page in &pages {
        let (id, content) = (next(), next());
        kids.push(id);
        write_page(&mut pdf, page, id, content, tree, (regular, bold))?;
    }
    pdf.pages(tree).kids(kids.iter().copied()).count(i32::try_from(kids.len()).unwrap_or(i32::MAX));
    fonts.regular.write(&mut pdf, regular, &mut next)?;
    fonts.bold.write(&mut pdf, bold, &mut next)?;
    let files: Vec<(&Inside, Ref, Ref)> = document.files.iter().map(|it| (it, next(), next())).collect();
    for (file, specification, stream) in &files {
        write_file(&mut pdf, file, *specification, *stream);
    }
    pdf.document_info(info).title(TextStr(&document.title)).producer(TextStr("Posel"));
    write_catalog(&mut pdf, document, catalog, tree, &files);
    Ok(pdf.finish())
}

fn write_page(pdf: &mut Pdf, page: &Page, id: Ref, content: Ref, tree: Ref, fonts: (Ref, Ref)) -> Result<(), Error> {
    let mut it = pdf.page(id);
    it.media_box(Rect::new(0.0, 0.0, PAPER.0, PAPER.1)).parent(tree).contents(content);
    let mut resources = it.resources();
    resources.fonts().pair(font::REGULAR, fonts.0).pair(font::BOLD, fonts.1);
    resources.finish();
    it.finish();
    let packed = packed(&page.drawn)?;
    pdf.stream(content, &packed).filter(Filter::FlateDecode);
    Ok(())
}

fn write_file(pdf: &mut Pdf, file: &Inside, specification: Ref, stream: Ref) {
    let mut embedded = pdf.embedded_file(stream, &file.content);
    embedded.subtype(Name(file.media_type.as_bytes()));
    embedded.params().size(i32::try_from(file.content.len()).unwrap_or(i32::MAX));
    embedded.finish();
    let mut it = pdf.file_spec(specification);
    it.path(Str(file.name.as_bytes())).unic_file(TextStr(&file.name)).description(TextStr(&file.description));
    it.embedded_file_with_unicode(stream).association_kind(AssociationKind::Data);
}

fn write_catalog(pdf: &mut Pdf, document: &Document, id: Ref, tree: Ref, files: &[(&Inside, Ref, Ref)]) {
    let mut catalog = pdf.catalog(id);
    catalog.pages(tree).lang(TextStr(&document.language));
    catalog.viewer_preferences().display_doc_title(true);
    if !files.is_empty() {
        let mut names = catalog.names();
        let mut embedded = names.embedded_files();
        let mut entries = embedded.names();
        for (file, specification, _) in files {
            entries.insert(Str(file.name.as_bytes()), *specification);
        }
    }
}

/// zlib (RFC 1950), as `FlateDecode` wants it.
fn packed(bytes: &[u8]) -> Result<Vec<u8>, std::io::Error> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
