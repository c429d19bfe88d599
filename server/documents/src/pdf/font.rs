//! The two fonts of the program: measured for the layout, then written into the file.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use ttf_parser::{Face, GlyphId};

use super::{Error, packed};

/// How pages call the regular font.
pub(super) const REGULAR: Name<'static> = Name(b"Regular");
/// How pages call the bold font.
pub(super) const BOLD: Name<'static> = Name(b"Bold");

/// Characters are numbered by the glyphs of the font itself.
const SYSTEM: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Both weights.
pub(super) struct Fonts {
    pub regular: Font,
    pub bold: Font,
}

/// A font and which of its glyphs were used.
pub(super) struct Font {
    /// How pages call it.
    pub name: Name<'static>,
    post_script: &'static [u8],
    bytes: &'static [u8],
    face: Face<'static>,
    used: BTreeMap<u16, char>,
}

impl Fonts {
    /// Reads the fonts of the program.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            regular: Font::new(REGULAR, b"Inter-Regular", include_bytes!("../../fonts/inter-regular.ttf"))?,
            bold: Font::new(BOLD, b"Inter-Bold", include_bytes!("../../fonts/inter-bold.ttf"))?,
        })
    }
}

impl Font {
    fn new(name: Name<'static>, post_script: &'static [u8], bytes: &'static [u8]) -> Result<Self, Error> {
        let face = Face::parse(bytes, 0).map_err(|_| Error::Font)?;
        Ok(Self { name, post_script, bytes, face, used: BTreeMap::new() })
    }

    /// The width of a text in points at this size.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|it| self.advance(self.glyph(it))).sum::<f32>() * size / 1000.0
    }

    /// The glyphs of a text as a string of PDF, two bytes each; remembers which ones were used.
    pub fn encoded(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 * text.len());
        for it in text.chars() {
            let glyph = self.glyph(it);
            if glyph.0 != 0 {
                self.used.entry(glyph.0).or_insert(it);
            }
            bytes.extend(glyph.0.to_be_bytes());
        }
        bytes
    }

    /// Glyph 0 is the empty box for letters that the font lacks.
    fn glyph(&self, letter: char) -> GlyphId {
        let letter = if letter == '\u{a0}' { ' ' } else { letter };
        self.face.glyph_index(letter).unwrap_or(GlyphId(0))
    }

    /// In thousandths of the size.
    fn advance(&self, glyph: GlyphId) -> f32 {
        f32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0)) * self.scale()
    }

    fn scale(&self) -> f32 {
        1000.0 / f32::from(self.face.units_per_em())
    }

    /// Writes the font with widths and the way back from glyphs to letters, so that text can be searched and copied.
    pub fn write(&self, pdf: &mut Pdf, id: Ref, next: &mut impl FnMut() -> Ref) -> Result<(), Error> {
        let (cid, descriptor, file, letters) = (next(), next(), next(), next());
        let name = Name(self.post_script);
        pdf.type0_font(id).base_font(name).encoding_predefined(Name(b"Identity-H")).descendant_font(cid).to_unicode(letters);
        let mut it = pdf.cid_font(cid);
        it.subtype(CidFontType::Type2).base_font(name).system_info(SYSTEM).font_descriptor(descriptor).default_width(0.0);
        it.cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = it.widths();
        for glyph in std::iter::once(0).chain(self.used.keys().copied()) {
            widths.consecutive(glyph, [self.advance(GlyphId(glyph))]);
        }
        widths.finish();
        it.finish();
        self.describe(pdf, descriptor, file);
        let mut map = UnicodeCmap::new(Name(b"Letters"), SYSTEM);
        for (glyph, letter) in &self.used {
            map.pair(*glyph, *letter);
        }
        let map = packed(map.finish().as_slice())?;
        pdf.stream(letters, &map).filter(Filter::FlateDecode);
        let bytes = packed(self.bytes)?;
        let mut stream = pdf.stream(file, &bytes);
        stream.filter(Filter::FlateDecode);
        stream.pair(Name(b"Length1"), i32::try_from(self.bytes.len()).unwrap_or(i32::MAX));
        Ok(())
    }

    fn describe(&self, pdf: &mut Pdf, id: Ref, file: Ref) {
        let scale = self.scale();
        let at = |it: i16| f32::from(it) * scale;
        let bounds = self.face.global_bounding_box();
        pdf.font_descriptor(id)
            .name(Name(self.post_script))
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(at(bounds.x_min), at(bounds.y_min), at(bounds.x_max), at(bounds.y_max)))
            .italic_angle(0.0)
            .ascent(at(self.face.ascender()))
            .descent(at(self.face.descender()))
            .cap_height(at(self.face.capital_height().unwrap_or(0)))
            .stem_v(80.0)
            .font_file2(file);
    }
}
