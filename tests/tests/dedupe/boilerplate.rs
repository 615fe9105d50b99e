//! Lines that pages share go, and what a page says stays.
