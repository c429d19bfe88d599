//! The nouns and rules that both sides agree on. No I/O, no clock, no framework; compiled for the machine and for wasm.

pub mod account;
pub mod address;
pub mod archive;
pub mod audit;
pub mod bounce;
pub mod bulk;
pub mod campaign;
pub mod capture;
pub mod collate;
pub mod comment;
pub mod contact;
pub mod copy_mailbox;
pub mod day;
pub mod decimal;
pub mod delivery;
pub mod dkim;
pub mod domain;
pub mod duplicate;
pub mod evidence;
pub mod export;
pub mod fold;
pub mod hint;
pub mod id;
pub mod import;
pub mod library;
pub mod local_time;
pub mod merge_field;
pub mod message;
pub mod notice;
pub mod oauth;
pub mod outbox;
pub mod overview;
pub mod pace;
pub mod page;
pub mod palette;
pub mod permission;
pub mod person;
pub mod phone;
pub mod picker;
pub mod put_back;
pub mod readiness;
pub mod recipient_list;
pub mod record_type;
pub mod refusal;
pub mod resend;
pub mod retention;
pub mod retry;
pub mod segment;
pub mod sender;
pub mod settings;
pub mod sms;
pub mod stand_in;
pub mod suppression;
pub mod template;
pub mod time;
pub mod unsubscribe;
pub mod user;
pub mod view;

pub use account::{Account, AccountDraft, AccountState, ProbeHint, ProbeStage, ProbeStep, Security, SmtpSettings, Transport};
pub use address::{Address, AddressFault, EmailAddress, ListedAddress, ListedPhone};
pub use archive::{
    Archive, ArchiveCounts, ArchiveDeed, ArchiveFault, ArchiveFormat, ArchiveNote, ArchiveOutcome, ArchiveState, ArchiveStep,
};
pub use audit::{AuditEntry, AuditQuery, Deed, DeedFamily, LogAnchor, LogProof, Subject, Wording};
pub use bounce::{
    AfterReading, BounceCounts, BounceKind, BounceMailbox, BounceMatch, BounceNote, BounceQuery, BouncedAddress, BouncedState,
    MailboxDraft, MailboxProbe, MailboxProtocol, MailboxSettings, MailboxStage, OnHardBounce, StrayBounce,
};
pub use bulk::{BULK_ROWS, BulkChange, BulkStep, Chosen, PickedRecipients};
pub use campaign::{
    Approval, ApprovalRule, ApprovalState, AudiencePart, AudienceQuery, AudienceRow, Campaign, CampaignAudience,
    CampaignCancelled, CampaignCheck, CampaignContent, CampaignCost, CampaignCounts, CampaignDeed, CampaignDraft, CampaignEntry,
    CampaignExportOrder, CampaignFilter, CampaignFlow, CampaignFormat, CampaignImported, CampaignKind, CampaignPace,
    CampaignQuery, CampaignReport, CampaignRow, CampaignRun, CampaignSort, CampaignStart, CampaignState, CampaignStep,
    CampaignWork, ChosenCampaigns, ConsentRule, CreditVerdict, FailureKind, FailureQuery, FailureReason, FailureRow, FieldDoubt,
    Fill, FillScope, FlowPoint, Got, Hindrance, LeftOut, LinkReactions, Measure, Measured, MissingField, PreparedDraft,
    PreparedFrom, PreparedMessage, Reaction, ReactionPoint, ReactionQuery, ReactionRow, Reactions, RecipientFate, RecipientGroup,
    RecipientResult, Regeneration, ReviewGroup, ReviewGroupKind, ReviewPage, ReviewPlace, ReviewQuery, ReviewSort, ReviewText,
    ReviewedMessage, RunKind, RunQuery, RunSpan, SentVersion, Unmatched, UnmatchedKind, WorkKind,
};
pub use capture::{CapturedMail, CapturedPart, CapturedRow};
pub use comment::{Comment, CommentOn};
pub use contact::{
    AddressLine, Alteration, Consent, ConsentDraft, ConsentEntry, ConsentPage, ConsentQuestion, ConsentState, ConsentWay,
    Contact, ContactAddresses, ContactChoice, ContactColumn, ContactColumns, ContactCount, ContactDraft, ContactEmail,
    ContactFilter, ContactKind, ContactLine, ContactListSettings, ContactPhone, ContactQuery, ContactRow, ContactSort,
    ContactView, ContactViewDraft, FieldChange, FieldChoice, FieldCondition, FieldDefinition, FieldDraft, FieldKind, FieldTest,
    FieldValue, Gender, Kin, Nature, Obtained, ObtainedWay, OwnValue, ParentLink, PostalAddress, Purpose, QuestionState,
    RecipientOffer, Relation, Tag,
};
pub use copy_mailbox::{CopyDraft, CopyMailbox, CopySettings, CopyWay};
pub use day::Day;
pub use decimal::Decimal;
pub use delivery::{Attempt, AttemptOutcome, Decision, DeliveryDetail, DeliveryState, DeliveryStep, Lane};
pub use dkim::{DkimAlgorithm, DkimFound, DkimKey, DkimState, DkimStep, DnsRecord};
pub use domain::DomainName;
pub use duplicate::{AddressHolder, DuplicateGroup, DuplicatePage, DuplicatePlace, DuplicateReason, GROUP_ROWS, MergeDraft};
pub use evidence::{
    EvidenceAnchor, EvidenceAttempt, EvidenceDelivery, EvidenceFacts, EvidenceFile, EvidenceMessage, EvidencePart,
    EvidenceRecipient, EvidenceRelease, ReleaseStep, SignedEvidence,
};
pub use export::{ChosenMessages, ExportFormat, ExportOrder, MessageExport, MessageFormat};
pub use hint::AddressHint;
pub use id::{
    AccountId, ArchiveId, AttachmentId, AuditId, BounceId, BouncedAddressId, CampaignId, CapturedId, ChoiceId, CommentId,
    ContactId, DeliveryId, DkimKeyId, FieldId, ImportId, LibraryId, MessageId, RecipientListId, RoleId, SegmentId, SenderId,
    SessionId, SuppressionId, TagId, TemplateId, UserId, ViewId,
};
pub use import::{
    Delimiter, Import, ImportConsents, ImportCounts, ImportFormat, ImportLook, ImportMatch, ImportMode, ImportPlan,
    ImportPreview, ImportReading, ImportRow, ImportState, ImportStep, ImportTarget, ImportUndone, LookRow, ReportRow, RowFault,
    RowNote, RowOutcome, RowSkipped, TableFault, TextEncoding,
};
pub use library::{LibraryDraft, LibraryFilter, LibraryItem, LibraryQuery, LibrarySort, LibraryUses};
pub use local_time::LocalTime;
pub use merge_field::{MergeBlock, MergeFault, MergeField, MergeKind, MergeRefused, MergeValue, MergeValues, UnresolvedReason};
pub use message::{
    Attachment, Channel, Copying, DraftKey, MessageBody, MessageChoice, MessageColumn, MessageColumns, MessageDetail,
    MessageDraft, MessageEnd, MessageFacets, MessageFilter, MessageListSettings, MessageOrder, MessageQuery, MessageRow,
    MessageSource, MessageState, MessageStep, MessageSurvey, MessageTally, MessageValues, MessageView, MessageViewDraft, Origin,
    QueryFault, QueryFaultKind, Recipient, Released, SnippetPiece, StoredDraft,
};
pub use notice::NoticeTo;
pub use oauth::{
    ClientAuth, OauthDeed, OauthDraft, OauthEndpoints, OauthFault, OauthFaultKind, OauthLogin, OauthOutcome, OauthPage,
    OauthProvider, OauthReturn, OauthSettings, OauthState, OauthUse,
};
pub use outbox::{Answers, Hold, Outbox, OutboxAccount, OutboxEvidence, OutboxPart, OutboxQuery, OutboxRow, OutboxWay};
pub use overview::{AccountGlance, Change, Overview, Pulse, Trouble};
pub use pace::{DomainLimit, Pace, SendingWindow};
pub use page::{Cursor, Direction, Key, PAGE_ROWS, Page};
pub use permission::{Permission, PermissionSet};
pub use person::PersonHoldings;
pub use phone::{HomeCountry, PhoneFault, PhoneKind, PhoneNumber};
pub use picker::{
    Audience, ContactOffer, ExpandedSet, KnownAddress, OtherAddress, PhoneOffer, PhoneRecipient, PickOffers, SetOffer,
};
pub use put_back::{PutBack, PutBackDecision};
pub use readiness::{Evidence, Finding, Grade, Readiness, ReadinessCheck};
pub use recipient_list::{AddedHow, ListDraft, ListOrigin, ListQuery, ListSort, Membership, Reachable, RecipientList, Takeover};
pub use refusal::{Fault, Faults, FieldFault, Noun, Refusal, Required};
pub use resend::{ResendCount, ResendLook, ResendTo};
pub use retention::{
    BinFilter, BinRow, BinnedHow, Retention, RetentionCount, RetentionDeed, RetentionEnd, RetentionFound, RetentionKind,
    RetentionMode, RetentionRule, RetentionRules, RetentionRun, RetentionState,
};
pub use retry::{RetryClass, RetryRules};
pub use segment::{Condition, ContactFacts, DayTest, Explained, Segment, SegmentDraft, SegmentRule, TextTest};
pub use sender::{Identity, OwnSender, Sender, SenderDomain, SenderPage, SenderQuestion, SenderState, Senders};
pub use settings::{Company, FirstRun};
pub use sms::{
    CreditLevel, SmppBind, SmppCentre, SmppEncoding, SmppLongText, SmppNumbering, SmppReceiptIds, SmppZone, SmsAccountDraft,
    SmsGateway, SmsGatewayKind, SmsPart, SmsProbe, SmsProgress, SmsSettings, SmsStanding, SmsState,
};
pub use stand_in::{StandIn, StandIns};
pub use suppression::{
    AddressStanding, Channels, ContactStanding, ContactSuppressionDraft, DomainCheck, DomainMail, Lifting, ListedTarget,
    Standing, SuppressedBy, Suppression, SuppressionFile, SuppressionFilter, SuppressionQuery, SuppressionReason,
    SuppressionScope, SuppressionSource, SuppressionTarget, SuppressionsAdded, SuppressionsDraft,
};
pub use template::{
    Delivered, LongestText, MergeCatalogue, PlainText, RecordFilter, RecordKey, RecordType, SurveyOrder, Template,
    TemplateApplied, TemplateAttachment, TemplateBody, TemplateDraft, TemplateEditor, TemplateFault, TemplateFilter,
    TemplateOffer, TemplatePlace, TemplateQuery, TemplateRef, TemplateRow, TemplateSort, TemplateText, TemplateUse,
    TemplateVersion, TestOrder, TestSent, TextSurvey, UnresolvedField, VersionHow,
};
pub use time::Moment;
pub use unsubscribe::{Leaving, LeavingOffer, UnsubscribePage, UnsubscribeState};
pub use user::{
    DeliveredRole, Density, Invitation, Language, Me, OneTimeLink, Preferences, Profile, Role, RoleDraft, SessionRow, Theme,
    UserDraft, UserRow, UserState,
};
pub use view::{COLUMN_WIDTH, Columns, ListColumn, ListSettings, ListView, ListViewDraft, ShownColumn, Viewed, ViewedList};
