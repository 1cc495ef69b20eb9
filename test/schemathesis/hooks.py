"""What Schemathesis knows of our cases: which exist, and which requests this caller may not make."""

import json
import os

import schemathesis

within_reach = json.loads(os.environ["WITHIN_REACH"])
out_of_reach = json.loads(os.environ["OUT_OF_REACH"])
# Pairs of method and path, for which the table of rights gives this role nothing.
not_for_this_role = {tuple(pair) for pair in json.loads(os.environ["NOT_FOR_THIS_ROLE"])}


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    # A random reference is nearly never that of a case, so most are replaced.
    if isinstance(path_parameters, dict) and "reference" in path_parameters:
        cases = within_reach + out_of_reach
        place = len(str(path_parameters["reference"])) % (len(cases) + 1)
        if place < len(cases):
            path_parameters["reference"] = cases[place]
    return path_parameters


@schemathesis.check
def gives_nothing_that_the_table_of_rights_forbids(context, response, case):
    if response.status_code >= 300:
        return
    if (case.method.upper(), case.operation.path) in not_for_this_role:
        raise AssertionError("the table of rights gives this role no such request, and it was answered")
    if (case.path_parameters or {}).get("reference") in out_of_reach:
        raise AssertionError("the case is out of reach, and the request was answered")
