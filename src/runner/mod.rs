//! Sends Cases, has them judged, tells what happened.
