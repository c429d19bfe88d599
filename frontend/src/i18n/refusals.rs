//! Words for everything that a call can come back with instead of an answer.

use app::Problem;
use model::library::FileFault;
use model::template::PaymentFault;
use model::{AddressFault, Fault, Hindrance, Noun, Permission, PhoneFault, Refusal};

use super::{Locale, language, td_string};
use crate::format;

/// What happened, in a few words that stand above the sentence.
pub fn title(locale: Locale, problem: &Problem) -> &'static str {
    match problem {
        Problem::Refused(Refusal::NotFound(_)) => td_string!(locale, refusals.title_not_found),
        Problem::Refused(Refusal::NotPermitted(_)) => td_string!(locale, refusals.title_not_permitted),
        Problem::Refused(_) => td_string!(locale, refusals.title_refused),
        Problem::Failed { .. } => td_string!(locale, refusals.title_failed),
        Problem::Unreachable => td_string!(locale, refusals.title_unreachable),
    }
}

/// What happened and what to do, in a sentence or two.
pub fn problem(locale: Locale, problem: &Problem) -> String {
    match problem {
        Problem::Refused(it) => refusal(locale, it),
        Problem::Failed { .. } => td_string!(locale, refusals.failed).to_owned(),
        Problem::Unreachable => td_string!(locale, refusals.unreachable).to_owned(),
    }
}

/// Why something was not done.
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    match refusal {
        Refusal::SignedOut => td_string!(locale, refusals.signed_out).to_owned(),
        Refusal::WrongCredentials => td_string!(locale, refusals.wrong_credentials).to_owned(),
        Refusal::TooManyTries { wait_s } => {
            td_string!(locale, refusals.too_many_tries, count = *wait_s, n = format::number(language(locale), u64::from(*wait_s)))
        }
        Refusal::LinkExpired => td_string!(locale, refusals.link_expired).to_owned(),
        Refusal::NotPermitted(right) => td_string!(locale, refusals.not_permitted, right = permission(locale, *right)),
        Refusal::NotFound(noun) => not_found(locale, *noun).to_owned(),
        Refusal::Stale(_) => td_string!(locale, refusals.stale).to_owned(),
        Refusal::IllegalStep(Noun::Message) => td_string!(locale, refusals.illegal_step_message).to_owned(),
        Refusal::IllegalStep(Noun::Import) => td_string!(locale, refusals.illegal_step_import).to_owned(),
        Refusal::IllegalStep(_) => td_string!(locale, refusals.illegal_step).to_owned(),
        Refusal::InUse(Noun::Account) => td_string!(locale, refusals.in_use_account).to_owned(),
        Refusal::InUse(Noun::RecipientList) => td_string!(locale, refusals.in_use_list).to_owned(),
        Refusal::InUse(Noun::Template) => td_string!(locale, refusals.in_use_template).to_owned(),
        Refusal::InUse(Noun::Library) => td_string!(locale, refusals.in_use_library).to_owned(),
        Refusal::InUse(Noun::Role) => td_string!(locale, refusals.in_use_role).to_owned(),
        Refusal::InUse(_) => td_string!(locale, refusals.in_use).to_owned(),
        Refusal::BuiltIn(_) => td_string!(locale, refusals.built_in).to_owned(),
        Refusal::LastAdministrator => td_string!(locale, refusals.last_administrator).to_owned(),
        Refusal::UndoTooLate => td_string!(locale, refusals.undo_too_late).to_owned(),
        Refusal::Invalid(faults) => td_string!(locale, refusals.invalid, count = faults.len().max(1) as u32, n = faults.len()),
        Refusal::FileTooLarge { max } => {
            td_string!(locale, refusals.file_too_large, max = format::size(locale, *max))
        }
        Refusal::FileTypeBlocked { ending } => td_string!(locale, refusals.file_type_blocked, ending = ending.clone()),
        Refusal::FileRefused(fault) => file_fault(locale, *fault),
        Refusal::BadTable { line, .. } => td_string!(locale, refusals.bad_table, n = format::number(language(locale), *line)),
        Refusal::Hindered(hindrances) => {
            let words: Vec<String> = hindrances.iter().map(|it| hindrance(locale, *it)).collect();
            words.join(" ")
        }
        Refusal::KeptAsProof => td_string!(locale, refusals.kept_as_proof).to_owned(),
        Refusal::LookFirst => td_string!(locale, refusals.look_first).to_owned(),
        Refusal::DiskFull => td_string!(locale, refusals.disk_full).to_owned(),
    }
}

/// What stands in the way of releasing a campaign.
pub fn hindrance(locale: Locale, hindrance: Hindrance) -> String {
    let n = |count: u64| format::number(language(locale), count);
    match hindrance {
        Hindrance::NothingPrepared => td_string!(locale, refusals.hindered_nothing).to_owned(),
        Hindrance::Unprepared(count) => td_string!(locale, refusals.hindered_unprepared, n = n(count)),
        Hindrance::SetApart(count) => td_string!(locale, refusals.hindered_set_apart, n = n(count)),
        Hindrance::NotApproved => td_string!(locale, refusals.hindered_not_approved).to_owned(),
        Hindrance::ApprovalBroken => td_string!(locale, refusals.hindered_approval_broken).to_owned(),
        Hindrance::AccountGone => td_string!(locale, refusals.hindered_account_gone).to_owned(),
        Hindrance::StartPassed => td_string!(locale, refusals.hindered_start_passed).to_owned(),
    }
}

/// What is wrong with a field.
pub fn fault(locale: Locale, fault: &Fault) -> String {
    match fault {
        Fault::Missing => td_string!(locale, refusals.missing).to_owned(),
        Fault::TooLong { max } => {
            td_string!(locale, refusals.too_long, count = *max, n = format::number(language(locale), u64::from(*max)))
        }
        Fault::TooShort { min } => {
            td_string!(locale, refusals.too_short, count = *min, n = format::number(language(locale), u64::from(*min)))
        }
        Fault::OutOfRange { min, max } => {
            let number = |it: i64| format::number(language(locale), it.unsigned_abs());
            td_string!(locale, refusals.out_of_range, min = number(*min), max = number(*max))
        }
        Fault::Address { text, fault } => quoted(locale, text, address_fault(locale, *fault)),
        Fault::Phone { text, fault } => quoted(locale, text, phone_fault(locale, *fault)),
        Fault::Taken => td_string!(locale, refusals.taken).to_owned(),
        Fault::Character => td_string!(locale, refusals.character).to_owned(),
        Fault::WrongPassword => td_string!(locale, refusals.wrong_password).to_owned(),
        Fault::Host => td_string!(locale, refusals.host).to_owned(),
        Fault::NoHttps => td_string!(locale, refusals.no_https).to_owned(),
        Fault::TooLargeInAll { max } => td_string!(locale, refusals.too_large_in_all, max = format::size(locale, *max)),
        Fault::Gone => td_string!(locale, refusals.gone).to_owned(),
        Fault::NoNumber => td_string!(locale, refusals.no_number).to_owned(),
        Fault::NoDate => td_string!(locale, refusals.no_date).to_owned(),
        Fault::InFuture => td_string!(locale, refusals.in_future).to_owned(),
        Fault::Cycle => td_string!(locale, refusals.cycle).to_owned(),
        Fault::NoCompany => td_string!(locale, refusals.no_company).to_owned(),
        Fault::Suppressed => td_string!(locale, refusals.suppressed).to_owned(),
        Fault::Unmeasurable => td_string!(locale, refusals.unmeasurable).to_owned(),
        Fault::Answered => td_string!(locale, refusals.answered).to_owned(),
        Fault::Confirmed => td_string!(locale, refusals.sender_confirmed).to_owned(),
        Fault::Unconfirmed { address } => td_string!(locale, refusals.sender_unconfirmed, address = address.clone()),
        Fault::TooDeep { max } => td_string!(locale, refusals.too_deep, max = *max),
        Fault::TooMany { max } => {
            td_string!(locale, refusals.too_many, max = format::number(language(locale), u64::from(*max)))
        }
        Fault::MergeCode { line, column, suggestion: None } => {
            td_string!(locale, refusals.merge_code, line = *line, column = *column)
        }
        Fault::MergeCode { line, column, suggestion: Some(name) } => {
            td_string!(locale, refusals.merge_code_like, line = *line, column = *column, name = name.clone())
        }
        Fault::Unfilled(path) => td_string!(locale, refusals.unfilled, path = path.clone()),
        Fault::TooManyParts { max } => td_string!(locale, refusals.too_many_parts, max = *max),
        Fault::Described(words) => td_string!(locale, refusals.described, words = words.clone()),
        Fault::Payment(it) => payment(locale, *it).to_owned(),
    }
}

/// Why a file is not taken into the library.
pub fn file_fault(locale: Locale, fault: FileFault) -> String {
    let words = match fault {
        FileFault::Empty => td_string!(locale, refusals.file_empty),
        FileFault::NotAllowed => td_string!(locale, refusals.file_not_allowed),
        FileFault::Svg => td_string!(locale, refusals.file_svg),
        FileFault::PictureFormat => td_string!(locale, refusals.file_picture_format),
        FileFault::Macros => td_string!(locale, refusals.file_macros),
        FileFault::Damaged => td_string!(locale, refusals.file_damaged),
        FileFault::OtherKind => td_string!(locale, refusals.file_other_kind),
        FileFault::TooManyPixels { max } => {
            let max = format::number(language(locale), max / 1_000_000);
            return td_string!(locale, refusals.file_too_many_pixels, max = max);
        }
    };
    words.to_owned()
}

/// Why a text is not an e-mail address.
pub fn address_fault(locale: Locale, fault: AddressFault) -> &'static str {
    match fault {
        AddressFault::Empty => td_string!(locale, refusals.address_empty),
        AddressFault::NoAt => td_string!(locale, refusals.address_no_at),
        AddressFault::Local => td_string!(locale, refusals.address_local),
        AddressFault::Domain => td_string!(locale, refusals.address_domain),
        AddressFault::TooLong => td_string!(locale, refusals.address_too_long),
        AddressFault::Space => td_string!(locale, refusals.address_space),
        AddressFault::Letters => td_string!(locale, refusals.address_letters),
    }
}

/// Why a text is not a phone number.
pub fn phone_fault(locale: Locale, fault: PhoneFault) -> &'static str {
    match fault {
        PhoneFault::Empty => td_string!(locale, refusals.phone_empty),
        PhoneFault::Sign => td_string!(locale, refusals.phone_sign),
        PhoneFault::Length => td_string!(locale, refusals.phone_length),
        PhoneFault::Premium => td_string!(locale, refusals.phone_premium),
    }
}

/// The name of a right.
pub fn permission(locale: Locale, permission: Permission) -> &'static str {
    match permission {
        Permission::MessagesViewOwn => td_string!(locale, refusals.right_messages_view_own),
        Permission::MessagesViewBranch => td_string!(locale, refusals.right_messages_view_branch),
        Permission::MessagesViewAll => td_string!(locale, refusals.right_messages_view_all),
        Permission::MessageWrite => td_string!(locale, refusals.right_message_write),
        Permission::MessageEditPrepared => td_string!(locale, refusals.right_message_edit_prepared),
        Permission::MessageSend => td_string!(locale, refusals.right_message_send),
        Permission::MessageResend => td_string!(locale, refusals.right_message_resend),
        Permission::MessageCancel => td_string!(locale, refusals.right_message_cancel),
        Permission::MessageDelete => td_string!(locale, refusals.right_message_delete),
        Permission::CampaignWrite => td_string!(locale, refusals.right_campaign_write),
        Permission::CampaignRelease => td_string!(locale, refusals.right_campaign_release),
        Permission::CampaignApprove => td_string!(locale, refusals.right_campaign_approve),
        Permission::ContactsView => td_string!(locale, refusals.right_contacts_view),
        Permission::ContactsEdit => td_string!(locale, refusals.right_contacts_edit),
        Permission::ContactsDelete => td_string!(locale, refusals.right_contacts_delete),
        Permission::ContactsImport => td_string!(locale, refusals.right_contacts_import),
        Permission::ContactsErase => td_string!(locale, refusals.right_contacts_erase),
        Permission::ListsManage => td_string!(locale, refusals.right_lists_manage),
        Permission::SuppressionsManage => td_string!(locale, refusals.right_suppressions_manage),
        Permission::SuppressionsLift => td_string!(locale, refusals.right_suppressions_lift),
        Permission::TemplatesManage => td_string!(locale, refusals.right_templates_manage),
        Permission::RecordsView => td_string!(locale, refusals.right_records_view),
        Permission::RecordsEdit => td_string!(locale, refusals.right_records_edit),
        Permission::NotificationsManage => td_string!(locale, refusals.right_notifications_manage),
        Permission::AccountsManage => td_string!(locale, refusals.right_accounts_manage),
        Permission::OutboxManage => td_string!(locale, refusals.right_outbox_manage),
        Permission::PasswordsShow => td_string!(locale, refusals.right_passwords_show),
        Permission::Export => td_string!(locale, refusals.right_export),
        Permission::LogView => td_string!(locale, refusals.right_log_view),
        Permission::UsersManage => td_string!(locale, refusals.right_users_manage),
        Permission::MessagesImport => td_string!(locale, refusals.right_messages_import),
        Permission::RetentionManage => td_string!(locale, refusals.right_retention_manage),
        Permission::SettingsManage => td_string!(locale, refusals.right_settings_manage),
    }
}

fn not_found(locale: Locale, noun: Noun) -> &'static str {
    match noun {
        Noun::User => td_string!(locale, refusals.not_found_user),
        Noun::Role => td_string!(locale, refusals.not_found_role),
        Noun::Session => td_string!(locale, refusals.not_found_session),
        Noun::Contact => td_string!(locale, refusals.not_found_contact),
        Noun::RecipientList => td_string!(locale, refusals.not_found_list),
        Noun::Segment => td_string!(locale, refusals.not_found_segment),
        Noun::Field => td_string!(locale, refusals.not_found_field),
        Noun::Tag => td_string!(locale, refusals.not_found_tag),
        Noun::Account => td_string!(locale, refusals.not_found_account),
        Noun::Message => td_string!(locale, refusals.not_found_message),
        Noun::Delivery => td_string!(locale, refusals.not_found_delivery),
        Noun::Attachment => td_string!(locale, refusals.not_found_attachment),
        Noun::Captured => td_string!(locale, refusals.not_found_captured),
        Noun::Suppression => td_string!(locale, refusals.not_found_suppression),
        Noun::Company => td_string!(locale, refusals.not_found_company),
        Noun::Import => td_string!(locale, refusals.not_found_import),
        Noun::Library => td_string!(locale, refusals.not_found_library),
        Noun::View => td_string!(locale, refusals.not_found_view),
        Noun::Template => td_string!(locale, refusals.not_found_template),
        Noun::Campaign => td_string!(locale, refusals.not_found_campaign),
        Noun::DkimKey => td_string!(locale, refusals.not_found_dkim_key),
        Noun::Bounce => td_string!(locale, refusals.not_found_bounce),
        Noun::Sender => td_string!(locale, refusals.not_found_sender),
        Noun::Comment => td_string!(locale, refusals.not_found_comment),
    }
}

/// A fault with the piece it is about, when there is one.
fn quoted(locale: Locale, text: &str, fault: &'static str) -> String {
    if text.is_empty() {
        return fault.to_owned();
    }
    td_string!(locale, refusals.address_quoted, text = text.to_owned(), fault = fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_language() {
        let words = |locale, max| fault(locale, &Fault::TooLong { max });
        assert_eq!([1, 3, 5].map(|it| words(Locale::sk, it)), ["Najviac 1 znak.", "Najviac 3 znaky.", "Najviac 5 znakov."]);
        assert_eq!([1, 3, 5].map(|it| words(Locale::cs, it)), ["Nejvýše 1 znak.", "Nejvýše 3 znaky.", "Nejvýše 5 znaků."]);
        assert_eq!([1, 3].map(|it| words(Locale::en, it)), ["At most 1 character.", "At most 3 characters."]);
    }

    #[test]
    fn a_bad_address_is_quoted() {
        let fault = Fault::Address { text: "eva".to_owned(), fault: AddressFault::NoAt };
        assert_eq!(super::fault(Locale::en, &fault), "“eva”: An address needs exactly one @.");
    }

    #[test]
    fn every_right_has_a_name_of_its_own() {
        for locale in [Locale::sk, Locale::cs, Locale::en] {
            let mut names: Vec<_> = Permission::ALL.iter().map(|it| permission(locale, *it)).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), Permission::ALL.len());
        }
    }
}

/// Why a payment code cannot be drawn.
pub fn payment(locale: Locale, fault: PaymentFault) -> &'static str {
    match fault {
        PaymentFault::Address => td_string!(locale, refusals.payment_address),
        PaymentFault::Iban => td_string!(locale, refusals.payment_iban),
        PaymentFault::Bic => td_string!(locale, refusals.payment_bic),
        PaymentFault::Amount => td_string!(locale, refusals.payment_amount),
        PaymentFault::Symbol => td_string!(locale, refusals.payment_symbol),
        PaymentFault::Due => td_string!(locale, refusals.payment_due),
        PaymentFault::Payee => td_string!(locale, refusals.payment_payee),
        PaymentFault::TooLong => td_string!(locale, refusals.payment_too_long),
    }
}
