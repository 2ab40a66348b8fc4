from screenkit.model import Designation


def with_derived_names(designation: Designation) -> Designation:
    return designation
