//! The words of the page to unsubscribe.

use model::Language;

/// What stands on the page.
pub struct Words {
    /// The title of the window.
    pub title: &'static str,
    /// Before one unsubscribes from mails.
    pub question_email: &'static str,
    /// Before one unsubscribes from text messages.
    pub question_sms: &'static str,
    /// On the button for mails.
    pub leave_email: &'static str,
    /// On the button for text messages.
    pub leave_sms: &'static str,
    /// After mails were left.
    pub left_email: &'static str,
    /// What that means.
    pub left_email_text: &'static str,
    /// After text messages were left.
    pub left_sms: &'static str,
    /// What that means.
    pub left_sms_text: &'static str,
    /// After something else was left.
    pub kept: &'static str,
    /// How to come back, in front of an address.
    pub again: &'static str,
    /// Above what else may be left.
    pub choose: &'static str,
    /// In front of an address.
    pub emails: &'static str,
    /// In front of a number.
    pub texts: &'static str,
    /// Behind what was left before.
    pub has_left: &'static str,
    /// On the button for what was ticked.
    pub save: &'static str,
    /// On the page behind the link of a test.
    pub test: &'static str,
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
    title: "Odhlásenie",
    question_email: "Nechcete už naše e-maily?",
    question_sms: "Nechcete už naše SMS?",
    leave_email: "Odhlásiť sa z e-mailov",
    leave_sms: "Odhlásiť sa z SMS",
    left_email: "Ste odhlásení z e-mailov",
    left_email_text: "Na túto adresu Vám už nebudeme písať. Čo ešte čakalo na odoslanie, sme zastavili.",
    left_sms: "Ste odhlásení z SMS",
    left_sms_text: "Na toto číslo Vám už nebudeme písať. Čo ešte čakalo na odoslanie, sme zastavili.",
    kept: "Vaša voľba je uložená",
    again: "Odhlásili ste sa omylom? Napíšte nám:",
    choose: "Čo iné už nechcete dostávať?",
    emails: "E-maily na",
    texts: "SMS na",
    has_left: "odhlásené",
    save: "Uložiť voľbu",
    test: "Tento odkaz je zo skúšobnej správy. V odoslanej správe sa ním príjemca odhlási; tu sa nič nestane.",
};

const CS: Words = Words {
    title: "Odhlášení",
    question_email: "Nechcete už naše e-maily?",
    question_sms: "Nechcete už naše SMS?",
    leave_email: "Odhlásit se z e-mailů",
    leave_sms: "Odhlásit se z SMS",
    left_email: "Jste odhlášeni z e-mailů",
    left_email_text: "Na tuto adresu Vám už nebudeme psát. Co ještě čekalo na odeslání, jsme zastavili.",
    left_sms: "Jste odhlášeni z SMS",
    left_sms_text: "Na toto číslo Vám už nebudeme psát. Co ještě čekalo na odeslání, jsme zastavili.",
    kept: "Vaše volba je uložena",
    again: "Odhlásili jste se omylem? Napište nám:",
    choose: "Co dalšího už nechcete dostávat?",
    emails: "E-maily na",
    texts: "SMS na",
    has_left: "odhlášeno",
    save: "Uložit volbu",
    test: "Tento odkaz je ze zkušební zprávy. V odeslané zprávě se jím příjemce odhlásí; zde se nic nestane.",
};

const EN: Words = Words {
    title: "Unsubscribe",
    question_email: "No more e-mails from us?",
    question_sms: "No more text messages from us?",
    leave_email: "Unsubscribe from e-mails",
    leave_sms: "Unsubscribe from text messages",
    left_email: "You are unsubscribed from e-mails",
    left_email_text: "We will not write to this address any more. What still waited to be sent has been stopped.",
    left_sms: "You are unsubscribed from text messages",
    left_sms_text: "We will not write to this number any more. What still waited to be sent has been stopped.",
    kept: "Your choice is saved",
    again: "Unsubscribed by mistake? Write to us:",
    choose: "What else do you not want any more?",
    emails: "E-mails to",
    texts: "Text messages to",
    has_left: "unsubscribed",
    save: "Save my choice",
    test: "This link comes from a test message. In a message that was sent it unsubscribes the recipient; here nothing happens.",
};
