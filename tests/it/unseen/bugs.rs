//! What may be wrong with the server of the gardens, one at a time.

/// What is wrong with a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A name may be one character longer than documented.
    NameOneTooLong,
    /// A name may hold any character beyond the first plane.
    EmojiInNames,
    /// Blanks around a name are cut before it is looked at.
    TrimsNames,
    /// The bytes of a description are counted as characters.
    CountsCharacters,
    /// A description is checked and not stored.
    DescriptionLost,
    /// Only the beginning of a region code is compared with its pattern.
    RegionNotAnchored,
    /// Soils are compared without case.
    SoilInAnyCase,
    /// The least altitude is one too small.
    BelowTheSea,
    /// Texts of digits are taken for numbers.
    TextsAsNumbers,
    /// Who gives no altitude gets none.
    DefaultForgotten,
    /// Who gives no cultivar gets another one than documented.
    WrongCultivar,
    /// Timed irrigation does without its interval.
    IntervalNotNeeded,
    /// Water may come from two sources that exclude each other.
    WellAndRiver,
    /// One request may name a tag twice.
    TagTwice,
    /// The quota of gardens is compared as if it were not included.
    OneGardenMore,
    /// A garden may have one tag too many.
    OneTagMore,
    /// A garden may have one plot too many.
    OnePlotMore,
    /// Plots of one garden may share a name.
    PlotTwice,
    /// Names of plots may have capitals.
    CapitalsInPlots,
    /// A job is started with the status of what is done.
    CreatedAtOnce,
    /// What does not exist is shown as an error with the status of a success.
    UnknownIsEmpty,
    /// What is not found is told in another shape.
    FlatErrors,
    /// A conflict has a code that nobody documented.
    CodeOfItsOwn,
    /// Numbers are shown as texts.
    NumbersAsTexts,
    /// An empty description is shown as null.
    EmptyIsNull,
    /// A field is shown under another spelling.
    NamedOtherwise,
    /// A resting garden is in a state that no list has.
    SecretState,
    /// Times are shown with an offset.
    TimesWithOffset,
    /// Ids are shown without hyphens.
    IdsWithoutHyphens,
    /// A garden may rest whatever it does.
    RestsInAnyState,
    /// A garden may be harvested while it rests.
    HarvestsInAnyState,
    /// A running job is shown as not yet begun.
    JobGoesBack,
    /// A job fails without a reason.
    JobFailsSilently,
    /// A job succeeds whose parts have failed.
    PartFails,
    /// A refused change is stored in part.
    RefusesAndStores,
    /// A change empties what it does not mention.
    ChangeForgetsRest,
    /// A change is answered and not stored.
    ChangeOnlyTold,
    /// A removal succeeds, and the garden stays.
    RemovalDoesNothing,
    /// Removing what is gone ends in an exception.
    SecondRemovalCrashes,
    /// Adding tags removes all others.
    TagsReplaced,
    /// Adding a tag that is there already is refused.
    TagsNotTwice,
    /// Removing tags is answered and not done.
    TagsStay,
    /// Removing a plot is answered and not done.
    PlotStays,
    /// Every page is a whole list.
    LimitIgnored,
    /// A page begins with the last item of the one before.
    MarkerIncluded,
    /// The filter by name is not applied.
    NameFilterIgnored,
    /// The filter by soil is not applied.
    SoilFilterIgnored,
    /// Whoever knows an id sees the gardens of other projects.
    ProjectsLeak,
}

impl Bug {
    pub const ALL: [Bug; 48] = [
        Bug::NameOneTooLong,
        Bug::EmojiInNames,
        Bug::TrimsNames,
        Bug::CountsCharacters,
        Bug::DescriptionLost,
        Bug::RegionNotAnchored,
        Bug::SoilInAnyCase,
        Bug::BelowTheSea,
        Bug::TextsAsNumbers,
        Bug::DefaultForgotten,
        Bug::WrongCultivar,
        Bug::IntervalNotNeeded,
        Bug::WellAndRiver,
        Bug::TagTwice,
        Bug::OneGardenMore,
        Bug::OneTagMore,
        Bug::OnePlotMore,
        Bug::PlotTwice,
        Bug::CapitalsInPlots,
        Bug::CreatedAtOnce,
        Bug::UnknownIsEmpty,
        Bug::FlatErrors,
        Bug::CodeOfItsOwn,
        Bug::NumbersAsTexts,
        Bug::EmptyIsNull,
        Bug::NamedOtherwise,
        Bug::SecretState,
        Bug::TimesWithOffset,
        Bug::IdsWithoutHyphens,
        Bug::RestsInAnyState,
        Bug::HarvestsInAnyState,
        Bug::JobGoesBack,
        Bug::JobFailsSilently,
        Bug::PartFails,
        Bug::RefusesAndStores,
        Bug::ChangeForgetsRest,
        Bug::ChangeOnlyTold,
        Bug::RemovalDoesNothing,
        Bug::SecondRemovalCrashes,
        Bug::TagsReplaced,
        Bug::TagsNotTwice,
        Bug::TagsStay,
        Bug::PlotStays,
        Bug::LimitIgnored,
        Bug::MarkerIncluded,
        Bug::NameFilterIgnored,
        Bug::SoilFilterIgnored,
        Bug::ProjectsLeak,
    ];
}
