//! The words of the public pages.

use model::Language;

/// What stands on a page that asks for a consent, and on every page that cannot be shown.
pub struct Words {
    /// The title of the window.
    pub title: &'static str,
    /// Above the statement while it is asked.
    pub question: &'static str,
    /// On the button.
    pub agree: &'static str,
    /// What not pressing it means.
    pub ignore: &'static str,
    /// After the yes.
    pub confirmed: &'static str,
    /// Below that.
    pub may_close: &'static str,
    /// When it can be answered no more.
    pub closed: &'static str,
    /// What to do then.
    pub closed_text: &'static str,
    /// Title of the page by which a sender confirms itself.
    pub sender_title: &'static str,
    /// Title of the page to unsubscribe.
    pub unsubscribe_title: &'static str,
    /// Title of a page that shows a message.
    pub message_title: &'static str,
    /// Title of the page in place of one that a link leads to.
    pub link_title: &'static str,
    /// When the link leads nowhere.
    pub unknown: &'static str,
    /// When links were tried out.
    pub too_many: &'static str,
    /// When something failed here.
    pub failed: &'static str,
}

/// The words in a language.
pub fn of(language: Language) -> &'static Words {
    match language {
        Language::Sk => &SK,
        Language::Cs => &CS,
        Language::En => &EN,
    }
}

const SK: Words = Words {
    title: "Potvrdenie súhlasu",
    question: "Súhlasíte?",
    agree: "Áno, súhlasím",
    ignore: "Ak nesúhlasíte, stránku jednoducho zatvorte. Bez Vášho potvrdenia sa nič nestane. Súhlas môžete kedykoľvek odvolať.",
    confirmed: "Ďakujeme, súhlas je potvrdený",
    may_close: "Stránku môžete zatvoriť. Súhlas môžete kedykoľvek odvolať.",
    closed: "Odkaz už neplatí",
    closed_text: "Jeho platnosť uplynula alebo ste sa medzitým vyjadrili inak. Ak chcete súhlasiť, požiadajte odosielateľa o nový odkaz.",
    sender_title: "Potvrdenie odosielateľa",
    unsubscribe_title: "Odhlásenie",
    message_title: "Správa",
    link_title: "Odkaz",
    unknown: "Taký odkaz nepoznáme. Skontrolujte, či je celý, alebo požiadajte odosielateľa o nový.",
    too_many: "Príliš veľa pokusov. Skúste to, prosím, o chvíľu.",
    failed: "Niečo sa pokazilo na našej strane. Skúste to, prosím, neskôr.",
};

const CS: Words = Words {
    title: "Potvrzení souhlasu",
    question: "Souhlasíte?",
    agree: "Ano, souhlasím",
    ignore: "Pokud nesouhlasíte, stránku jednoduše zavřete. Bez Vašeho potvrzení se nic nestane. Souhlas můžete kdykoli odvolat.",
    confirmed: "Děkujeme, souhlas je potvrzen",
    may_close: "Stránku můžete zavřít. Souhlas můžete kdykoli odvolat.",
    closed: "Odkaz už neplatí",
    closed_text: "Jeho platnost uplynula nebo jste se mezitím vyjádřili jinak. Chcete-li souhlasit, požádejte odesílatele o nový odkaz.",
    sender_title: "Potvrzení odesílatele",
    unsubscribe_title: "Odhlášení",
    message_title: "Zpráva",
    link_title: "Odkaz",
    unknown: "Takový odkaz neznáme. Zkontrolujte, zda je celý, nebo požádejte odesílatele o nový.",
    too_many: "Příliš mnoho pokusů. Zkuste to, prosím, za chvíli.",
    failed: "Něco se pokazilo na naší straně. Zkuste to, prosím, později.",
};

const EN: Words = Words {
    title: "Confirmation of consent",
    question: "Do you agree?",
    agree: "Yes, I agree",
    ignore: "If you do not agree, just close this page. Nothing happens without your confirmation. You can withdraw it at any time.",
    confirmed: "Thank you, your consent is confirmed",
    may_close: "You can close this page. You can withdraw your consent at any time.",
    closed: "This link is not valid any more",
    closed_text: "Its time is over, or you have answered otherwise meanwhile. If you want to agree, ask the sender for a new link.",
    sender_title: "Confirmation of a sender",
    unsubscribe_title: "Unsubscribe",
    message_title: "Message",
    link_title: "Link",
    unknown: "We do not know this link. Check that it is complete, or ask the sender for a new one.",
    too_many: "Too many tries. Please try again in a while.",
    failed: "Something went wrong on our side. Please try again later.",
};
