//! Writing a template: its texts in all languages, what is wrong with them, and how they will look.

mod about;
mod asks;
mod banners;
mod bar;
mod body;
mod check;
mod desk;
mod languages;
mod people;
mod preview;
mod problems;
mod quality;
mod saver;
mod start;
mod test;
mod texts;
mod words;
mod workspace;

pub use self::start::Start;
pub use self::texts::TextsPanel;
pub use self::workspace::TemplateEditPanel;
