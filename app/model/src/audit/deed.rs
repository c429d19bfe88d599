//! What was done, in one word of the action log each.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ArchiveDeed, AttachmentId, BounceId, BouncedAddressId, CampaignDeed, CampaignId, CapturedId, Channel, CommentId,
    CommentOn, ConsentState, ContactId, ContactKind, Decision, DeliveryId, DkimKeyId, DomainName, ExportFormat, FieldId,
    ImportId, LibraryId, MessageFormat, MessageId, OauthDeed, OauthUse, RecipientListId, RetentionDeed, RoleId, SegmentId,
    SenderId, SessionId, SuppressionId, TagId, TemplateId, UserId, ViewId,
};

/// What was done. Carries ids and names, never contents or secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// The first run created the administrator and the company.
    Installed,
    /// Somebody signed in.
    SignedIn,
    /// Signing in failed; the address is not kept, only whose it is when known.
    SignInFailed,
    /// Somebody signed out.
    SignedOut,
    /// A session was ended.
    SessionRevoked(SessionId),
    /// One's own name, signature or preferences changed.
    ProfileChanged,
    /// The password changed.
    PasswordChanged,
    /// A user was invited.
    UserInvited(UserId),
    /// A new one-time link was made.
    LinkRenewed(UserId),
    /// An invitation or a new password was accepted.
    LinkUsed(UserId),
    /// A user's name, address or roles changed.
    UserChanged(UserId),
    /// A user may not sign in any more.
    UserDisabled(UserId),
    /// A user may sign in again.
    UserEnabled(UserId),
    /// A role was made.
    RoleCreated(RoleId),
    /// A role changed.
    RoleChanged(RoleId),
    /// A role was deleted.
    RoleDeleted(RoleId),
    /// The company's data changed.
    CompanyChanged,
    /// An account was made.
    AccountCreated(AccountId),
    /// An account changed.
    AccountChanged(AccountId),
    /// An account became the default.
    AccountMadeDefault(AccountId),
    /// A person stopped an account.
    AccountPaused(AccountId),
    /// A person let an account send again.
    AccountResumed(AccountId),
    /// An account stopped itself.
    AccountInTrouble(AccountId),
    /// The credit of an account for text messages is low.
    SmsCreditLow(AccountId),
    /// Nothing leaves by an account for text messages until its credit is topped up.
    SmsStopped(AccountId),
    /// The credit of an account for text messages was topped up.
    SmsResumed(AccountId),
    /// An account was deleted.
    AccountDeleted(AccountId),
    /// A connection was tried.
    AccountTested(Option<AccountId>),
    /// Something was done about signing in by OAuth.
    Oauth(AccountId, OauthUse, OauthDeed),
    /// It was settled who carries what waits for an account.
    StandInsChanged(AccountId),
    /// Copies of what an account sends are put into a mailbox, or elsewhere than before.
    CopyMailboxChanged(AccountId),
    /// No copies of what an account sends are kept any more.
    CopyMailboxRemoved(AccountId),
    /// The connection to a mailbox for copies was tried.
    CopyMailboxTested(AccountId),
    /// Copies that were given up are tried again.
    CopiesRetried(AccountId),
    /// A key for signing mails was made.
    DkimKeyCreated(DkimKeyId),
    /// A key signs from now on.
    DkimKeyUsed(DkimKeyId),
    /// A key signs no more.
    DkimKeyRetired(DkimKeyId),
    /// A key was deleted.
    DkimKeyDeleted(DkimKeyId),
    /// The bounce mailbox of an account was set up or changed.
    BounceMailboxChanged(AccountId),
    /// The bounce mailbox of an account is read no more.
    BounceMailboxRemoved(AccountId),
    /// The connection to a bounce mailbox was tried.
    BounceMailboxTested(AccountId),
    /// A report that belongs to no delivery was dealt with.
    BounceDismissed(BounceId),
    /// An address that bounces is written to all the same.
    BouncedAddressKept(BouncedAddressId),
    /// A link was sent to an address, so that it may confirm itself as a sender.
    SenderAsked(SenderId),
    /// Whoever reads an address let messages leave under it.
    SenderConfirmed(SenderId),
    /// Messages do not leave under an address any more.
    SenderRemoved(SenderId),
    /// An administrator answers for all addresses of a domain.
    DomainVouched(DomainName),
    /// Nobody answers for all addresses of a domain any more.
    DomainUnvouched(DomainName),
    /// A contact was made.
    ContactCreated(ContactId),
    /// A contact changed.
    ContactChanged(ContactId),
    /// An import changed a contact.
    ContactImported(ContactId, ImportId),
    /// A contact became again what it was before an import.
    ContactRestored(ContactId, ImportId),
    /// A contact was deleted.
    ContactDeleted(ContactId),
    /// It was noted what was said about writing to a contact.
    ConsentNoted(ContactId, Channel, ConsentState),
    /// A password for attachments was set for a contact.
    ContactPasswordSet(ContactId),
    /// The password for attachments of a contact was forgotten.
    ContactPasswordRemoved(ContactId),
    /// The password for attachments of a contact was shown to the actor.
    ContactPasswordShown(ContactId),
    /// Everything about one person left the program in a file.
    PersonExported(ContactId),
    /// Everything about one person was erased; so many messages to nobody else cannot be read any more.
    PersonErased(ContactId, u32),
    /// An own field was made.
    FieldCreated(FieldId),
    /// An own field changed.
    FieldChanged(FieldId),
    /// An own field was taken away with so many values.
    FieldDeleted(FieldId, u64),
    /// The own fields stand in another order.
    FieldsReordered,
    /// So many contacts got a tag.
    ContactsTagged(TagId, u32),
    /// So many contacts lost a tag.
    ContactsUntagged(TagId, u32),
    /// Somebody looks after so many contacts now, or nobody.
    ContactsGiven(Option<UserId>, u32),
    /// So many contacts get no bulk messages (`true`) or do again.
    ContactsNoBulk(bool, u32),
    /// So many contacts are of this kind now.
    ContactsKindSet(ContactKind, u32),
    /// So many contacts were deleted at once.
    ContactsDeleted(u32),
    /// The second contact went into the first one.
    ContactsMerged(ContactId, ContactId),
    /// So many contacts that seemed to be the same are not.
    DuplicatesDismissed(u32),
    /// Something was said about a thing.
    CommentWritten(CommentOn, CommentId),
    /// What was said about a thing was changed by who said it.
    CommentChanged(CommentOn, CommentId),
    /// What was said about a thing was deleted by who said it.
    CommentDeleted(CommentOn, CommentId),
    /// A view of a list was saved.
    ViewSaved(ViewId),
    /// A view of a list was deleted.
    ViewDeleted(ViewId),
    /// An import of contacts was started.
    ImportStarted(ImportId),
    /// An import was stopped before its end.
    ImportStopped(ImportId),
    /// An import ended; it made and changed so many contacts.
    ImportEnded(ImportId, u64, u64),
    /// What an import brought was taken out again: so many contacts removed and restored.
    ImportUndone(ImportId, u64, u64),
    /// So many contacts left the program in a file of that form.
    ContactsExported(ExportFormat, u32),
    /// A recipient list was made.
    ListCreated(RecipientListId),
    /// Name or description of a list changed.
    ListChanged(RecipientListId),
    /// A list was deleted; its contacts stay.
    ListDeleted(RecipientListId),
    /// So many contacts came into a list.
    ListGrew(RecipientListId, u32),
    /// So many contacts were taken out of a list.
    ListShrank(RecipientListId, u32),
    /// A segment was made.
    SegmentCreated(SegmentId),
    /// A segment changed.
    SegmentChanged(SegmentId),
    /// A segment was deleted.
    SegmentDeleted(SegmentId),
    /// A template was made.
    TemplateCreated(TemplateId),
    /// A template was saved as this version.
    TemplateChanged(TemplateId, u32),
    /// A template is offered from now on (`true`), or no longer.
    TemplateSwitched(TemplateId, bool),
    /// An earlier version of a template was taken up again.
    TemplateRestored(TemplateId, u32),
    /// The delivered texts of a template were restored.
    TemplateReset(TemplateId),
    /// A template was deleted.
    TemplateDeleted(TemplateId),
    /// A file was put into the library.
    LibraryAdded(LibraryId),
    /// Name or folder of a file of the library changed.
    LibraryChanged(LibraryId),
    /// A file of the library got another content, with so many templates and drafts that use it.
    LibraryReplaced(LibraryId, u32),
    /// A file was taken out of the library.
    LibraryDeleted(LibraryId),
    /// A message to try something out was sent to so many addresses.
    TestSent(MessageId, u32),
    /// So many addresses, domains and numbers were suppressed.
    SuppressionsAdded(u32),
    /// A contact was suppressed with all its addresses.
    ContactSuppressed(ContactId),
    /// So many contacts were suppressed with all their addresses.
    ContactsSuppressed(u32),
    /// The recipient of a message unsubscribed from a channel by its link.
    Unsubscribed(MessageId, Channel),
    /// A suppression was lifted; the contact is named when it was one.
    SuppressionLifted(SuppressionId, Option<ContactId>),
    /// So many suppressions left the program in a file.
    SuppressionsExported(u32),
    /// DNS was asked whether so many domains take mail.
    DomainsChecked(u32),
    /// Something was done to a campaign.
    Campaign(CampaignId, CampaignDeed),
    /// From how many recipients on campaigns need somebody else's approval was changed.
    ApprovalRuleChanged,
    /// A message was completed and waits.
    MessagePrepared(MessageId),
    /// A prepared message was opened for writing.
    MessageReopened(MessageId),
    /// A message was let go, to so many addresses.
    MessageReleased(MessageId, u32),
    /// Sending was undone.
    MessageUndone(MessageId),
    /// What still waited was stopped: so many deliveries.
    MessageCancelled(MessageId, u32),
    /// A message was repeated as another one.
    MessageResent(MessageId, MessageId),
    /// A draft was deleted.
    DraftDeleted(MessageId),
    /// The relay took a delivery over.
    DeliveryAccepted(MessageId, DeliveryId),
    /// The relay refused a delivery for good.
    DeliveryRejected(MessageId, DeliveryId),
    /// A delivery was put off.
    DeliveryDeferred(MessageId, DeliveryId),
    /// A delivery was stopped because its address must not be written to.
    DeliverySuppressed(MessageId, DeliveryId),
    /// A report says that a delivery came back.
    DeliveryReturned(MessageId, DeliveryId),
    /// A receipt says that the delivery arrived.
    DeliveryArrived(MessageId, DeliveryId),
    /// A recipient complained about a delivery.
    DeliveryComplained(MessageId, DeliveryId),
    /// The end of a delivery is unknown.
    DeliveryUnknown(MessageId, DeliveryId),
    /// A delivery waited longer than it was worth.
    DeliveryExpired(MessageId, DeliveryId),
    /// A person decided about an unknown delivery.
    DeliveryDecided(MessageId, DeliveryId, Decision),
    /// A person brought a waiting delivery forward.
    DeliveryHastened(MessageId, DeliveryId),
    /// A person took a waiting delivery out of the outbox.
    DeliveryRemoved(MessageId, DeliveryId),
    /// A person held everything that would leave.
    SendingPaused,
    /// A person let everything leave again.
    SendingResumed,
    /// The database turned out to be a copy that was put back, and everything was held.
    DatabasePutBack,
    /// A person let everything of a copy that was put back go on; so many deliveries waited.
    PutBackLetRun(u32),
    /// A person set aside what waited in a copy that was put back: so many deliveries.
    PutBackSetAside(u32),
    /// It changed how long what could not leave waits.
    RetryRulesChanged,
    /// A file of a message was opened.
    AttachmentOpened(MessageId, AttachmentId),
    /// An evidence sheet about a delivery was made.
    EvidenceMade(MessageId, DeliveryId),
    /// So many messages left the program in a file of that form.
    MessagesExported(MessageFormat, u32),
    /// The action log left the program in a file, with so many entries.
    LogExported(u32),
    /// It changed who gets a mail each day about where the action log ended.
    LogMailChanged,
    /// Everything is sealed under another master key.
    MasterKeyChanged,
    /// What is written is sealed under the data key of this number from then on.
    DataKeyTakenUp(u32),
    /// Nothing lies under data keys before this one any more.
    DataResealed(u32),
    /// Something was done with an old archive.
    Archive(ArchiveDeed),
    /// Something was done about how long messages are kept.
    Retention(RetentionDeed),
    /// A captured mail was opened.
    CapturedOpened(CapturedId),
    /// The captured mailbox was emptied.
    CapturedCleared,
}
