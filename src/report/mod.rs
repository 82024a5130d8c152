//! Events in; terminal, JSON, JUnit and HTML out.
