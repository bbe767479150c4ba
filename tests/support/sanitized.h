// For tests of this process's own memory or limits: sanitizers keep shadows of memory, hold back what is freed, and need descriptors
// of their own to look at a pointer.
#pragma once

#include <gtest/gtest.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SUCHARIT_SANITIZED
#endif
#endif

#ifdef SUCHARIT_SANITIZED
#define SUCHARIT_SKIP_SANITIZED() GTEST_SKIP() << "a sanitizer has memory and descriptors of its own"
#else
#define SUCHARIT_SKIP_SANITIZED() static_cast<void>(0)
#endif
