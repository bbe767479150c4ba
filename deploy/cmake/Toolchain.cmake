# Flags that every target shares. CMakePresets.json sets the options; deploy/README.md says what each preset is for.
set(SUCHARIT_SANITIZE "" CACHE STRING "List for -fsanitize, e.g. address,undefined")
option(SUCHARIT_COVERAGE "Count which lines the tests reach (target coverage)" OFF)
option(SUCHARIT_TIDY "Run clang-tidy-19 on each file that is compiled" OFF)
option(SUCHARIT_FUZZ "Build the fuzz targets (tests/fuzz), which need the libFuzzer of clang" OFF)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
if(SUCHARIT_TIDY)
  find_program(CLANG_TIDY clang-tidy-19 REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY ${CLANG_TIDY})
endif()

add_library(sucharit_flags INTERFACE)
target_compile_options(sucharit_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(sucharit_flags INTERFACE -fcf-protection=full)
endif()
target_compile_definitions(sucharit_flags INTERFACE _GLIBCXX_ASSERTIONS)
target_link_options(sucharit_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_link_options(sucharit_flags INTERFACE -fuse-ld=lld)
endif()

if(SUCHARIT_SANITIZE)
  # Without no-sanitize-recover undefined behaviour is only printed, and the test that met it passes.
  target_compile_options(sucharit_flags INTERFACE -fsanitize=${SUCHARIT_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(sucharit_flags INTERFACE -fsanitize=${SUCHARIT_SANITIZE})
  # For what runs within limits of memory and of system calls that a sanitizer does not keep.
  add_library(sucharit_unsanitized INTERFACE)
  target_compile_options(sucharit_unsanitized INTERFACE -fno-sanitize=all)
  target_link_options(sucharit_unsanitized INTERFACE -fno-sanitize=all)
else()
  target_compile_options(sucharit_flags INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>)
endif()
if(SUCHARIT_COVERAGE)
  target_compile_options(sucharit_flags INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(sucharit_flags INTERFACE -fprofile-instr-generate)
endif()
