from setuptools import find_packages, setup

setup(packages=["gwanje", "gwanje.resources", *(f"gwanje.{name}" for name in find_packages("src"))])
