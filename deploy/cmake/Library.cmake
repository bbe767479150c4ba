# sucharit_library(name folder... USES libraries...)
# One static library from all *.cpp directly inside the folders; includes are written from the root ("crypto/base/bytes.h").
function(sucharit_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES")
  set(sources)
  foreach(folder IN LISTS arg_UNPARSED_ARGUMENTS)
    file(GLOB found CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
    list(APPEND sources ${found})
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC sucharit_flags ${arg_USES})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} INTERFACE sucharit_flags ${arg_USES})
  endif()
endfunction()

# sucharit_test(name folder USES libraries...) makes one GoogleTest program from all *.cpp below the folder.
function(sucharit_test name folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "USES;PROPERTIES")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
  if(sources)
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE ${arg_USES} dep_gtest)
    set_property(GLOBAL APPEND PROPERTY SUCHARIT_TEST_PROGRAMS ${name})
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 DISCOVERY_MODE PRE_TEST
                         PROPERTIES TIMEOUT 120 ${arg_PROPERTIES})
  endif()
endfunction()

# sucharit_python_tests(prefix file [property value ...]) registers each method "test_…" of a unittest file as a test of its own.
function(sucharit_python_tests prefix file)
  set(path "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
  file(STRINGS "${path}" lines REGEX "^class [A-Za-z_]+|^    def test_")
  foreach(line IN LISTS lines)
    if(line MATCHES "^class ([A-Za-z_]+)")
      set(class ${CMAKE_MATCH_1})
    elseif(line MATCHES "def (test_[A-Za-z0-9_]+)")
      add_test(NAME ${prefix}.${CMAKE_MATCH_1} COMMAND ${Python3_EXECUTABLE} -B "${path}" ${class}.${CMAKE_MATCH_1})
      set_tests_properties(${prefix}.${CMAKE_MATCH_1} PROPERTIES TIMEOUT 120 ${ARGN}
        ENVIRONMENT "SUCHARIT_SOURCE=${PROJECT_SOURCE_DIR};SUCHARIT_BUILD=${PROJECT_BINARY_DIR}")
    endif()
  endforeach()
endfunction()

# sucharit_npm(target source destination): copies the folder's package files, runs "npm ci" there and leaves the source
# clean; npm ci demands what the lock file says, byte for byte, and no package may run a script of its own.
function(sucharit_npm target source destination)
  find_program(NPM npm REQUIRED)
  set(files "${source}/package.json" "${source}/package-lock.json" "${source}/.npmrc")
  add_custom_command(
    OUTPUT "${destination}/installed.stamp"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${destination}"
    COMMAND ${CMAKE_COMMAND} -E copy ${files} "${destination}"
    COMMAND ${CMAKE_COMMAND} -E chdir "${destination}" ${NPM} ci --ignore-scripts --no-audit --no-fund --silent
    COMMAND ${CMAKE_COMMAND} -E touch "${destination}/installed.stamp"
    DEPENDS ${files}
    COMMENT "npm ci (${target})" VERBATIM)
  add_custom_target(${target} ALL DEPENDS "${destination}/installed.stamp")
endfunction()

# Target "coverage" (preset coverage): runs the tests, then prints for each file how many lines they reached.
function(sucharit_coverage_target)
  get_property(programs GLOBAL PROPERTY SUCHARIT_TEST_PROGRAMS)
  if(NOT SUCHARIT_COVERAGE OR NOT programs)
    return()
  endif()
  find_program(LLVM_PROFDATA llvm-profdata-19 REQUIRED)
  find_program(LLVM_COV llvm-cov-19 REQUIRED)
  set(folder "${PROJECT_BINARY_DIR}/coverage")
  set(objects)
  foreach(program IN LISTS programs)
    list(APPEND objects -object $<TARGET_FILE:${program}>)
  endforeach()
  list(POP_FRONT objects) # the first program is named without -object
  add_custom_target(coverage
    COMMAND ${CMAKE_COMMAND} -E rm -rf "${folder}"
    COMMAND ${CMAKE_COMMAND} -E env "LLVM_PROFILE_FILE=${folder}/%8m.profraw" ${CMAKE_CTEST_COMMAND} --output-on-failure
    COMMAND sh -c "\"$1\" merge -sparse \"$2\"/*.profraw -o \"$2/all.profdata\"" sh ${LLVM_PROFDATA} "${folder}"
    COMMAND ${LLVM_COV} report ${objects} -instr-profile "${folder}/all.profdata" -ignore-filename-regex "/(tests|usr)/"
    WORKING_DIRECTORY "${PROJECT_BINARY_DIR}" DEPENDS ${programs} sucharit USES_TERMINAL VERBATIM COMMAND_EXPAND_LISTS)
endfunction()
